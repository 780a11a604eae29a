package io.millrace.core.files;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stores that the settings speak of: the database always, others where they are named. */
@Configuration(proxyBeanMethods = false)
class ContentStoresConfiguration {

    @Bean
    ContentStores contentStores(JdbcClient jdbc, FilesProperties properties) {
        List<Pieces> elsewhere = new ArrayList<>();
        if (properties.folder() != null) {
            elsewhere.add(new FolderPieces(properties.folder().path()));
        }
        if (properties.s3() != null) {
            elsewhere.add(new S3Pieces(S3Connection.open(properties.s3()), properties.s3()));
        }
        elsewhere.forEach(Pieces::check);
        return ContentStores.of(jdbc, properties.store(), elsewhere);
    }
}
