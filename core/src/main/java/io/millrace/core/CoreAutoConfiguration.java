package io.millrace.core;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;

/**
 * Brings every component and every settings record of this module into the process that has it on its class path, so
 * that a new one needs no registration. A scan in an auto-configuration is unusual; it is safe here because the module
 * is ours alone and its beans depend on no condition of other beans.
 */
@AutoConfiguration
@ComponentScan
@ConfigurationPropertiesScan
class CoreAutoConfiguration {
}
