package io.millrace.jobs.json;

import java.io.Serial;
import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ValueNode;

/**
 * Nodes of a tree as Jackson makes them, but for a decimal of which a double would say other digits than are written, such as 1.10: that stays a
 * {@link BigDecimal}, so that an amount comes to a handler as it was sent.
 */
final class WithEachDigit extends JsonNodeFactory {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(@Nullable BigDecimal decimal) {
        return decimal != null && isDouble(decimal)
                ? numberNode(decimal.doubleValue())
                : super.numberNode(decimal);
    }

    @SuppressWarnings("BigDecimalEquals") // that of 1.10 and 1.1 is the difference
    private static boolean isDouble(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).equals(decimal);
    }
}
