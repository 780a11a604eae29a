'use strict';

SwaggerUIBundle({
    url: 'openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    displayRequestDuration: true,
    docExpansion: 'list',
    // No badge of a validator elsewhere, and no address or flag of another one taken from this page's own.
    validatorUrl: null,
    queryConfigEnabled: false,
    // A key is forgotten with the page.
    persistAuthorization: false
});
