package io.millrace.core.tracing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

import io.micrometer.tracing.Tracer;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.function.SingletonSupplier;

/**
 * Shows the statements of a trace in it. A connection that is taken outside of any, or in one that is not sampled, is the pool's own, and costs
 * what it always does.
 */
final class TracedDataSource extends DelegatingDataSource {

    private final Supplier<Tracer> tracer;
    private final DataSource traced;

    TracedDataSource(DataSource pool, ObjectProvider<Tracer> tracers) {
        super(pool);
        this.tracer = SingletonSupplier.of(tracers::getObject);
        this.traced = ProxyDataSourceBuilder.create(pool).listener(new SqlSpans(tracer)).build();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var span = tracer.get().currentSpan();
        return span == null || span.isNoop() ? super.getConnection() : traced.getConnection();
    }
}
