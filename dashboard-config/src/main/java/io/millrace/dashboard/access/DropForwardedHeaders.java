package io.millrace.dashboard.access;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.util.NetMaskSet;
import org.apache.catalina.valves.ValveBase;

/** Takes away the headers by which proxies tell whom they speak for, so that nothing behind here believes them a second time. */
final class DropForwardedHeaders extends ValveBase {

    private static final String PREFIX = "X-Forwarded-Prefix";
    private static final List<String> ALWAYS = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
            "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Ssl");

    private final NetMaskSet trusted;

    DropForwardedHeaders(NetMaskSet trusted) {
        super(true);
        this.trusted = trusted;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        var headers = request.getCoyoteRequest().getMimeHeaders();
        ALWAYS.forEach(headers::removeHeader);
        if (headers.getHeader(PREFIX) != null && !trusted.contains(InetAddress.ofLiteral(request.getPeerAddr()))) {
            headers.removeHeader(PREFIX);
        }
        getNext().invoke(request, response);
    }
}
