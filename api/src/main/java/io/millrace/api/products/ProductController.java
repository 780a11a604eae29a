package io.millrace.api.products;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.OneLine;
import io.millrace.api.http.Scope;
import io.millrace.api.paging.PageRequest;
import io.millrace.api.paging.Paging;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;
import io.millrace.core.products.Product;
import io.millrace.core.products.Products;
import io.millrace.core.products.StoredProduct;

@RestController
final class ProductController {

    private final Products products;
    private final Paging paging;

    ProductController(Products products, Paging paging) {
        this.products = products;
        this.paging = paging;
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/products", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Product> list(@RequestParam(required = false) @OneLine(max = 100) @Nullable String category,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var listing = new Listing("products", category == null ? "" : category);
        PageRequest request = paging.read(listing, limit, cursor);
        var slice = category == null
                ? products.list(request.after(), request.limit())
                : products.listCategory(category, request.after(), request.limit());
        return paging.answer(request, slice, Product::cursor);
    }

    @Needs(Scope.ENQUEUE)
    @PutMapping(path = "/products/{id}", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Product> put(
            @PathVariable @Pattern(regexp = "[A-Za-z0-9._-]{1,100}", message = "must be 1 to 100 letters, digits, dots, hyphens or underscores") String id,
            @Valid @RequestBody WantedProduct wanted) {
        StoredProduct stored = products.put(id, wanted.product());
        return ResponseEntity.status(stored.isNew() ? HttpStatus.CREATED : HttpStatus.OK).body(stored.product());
    }
}
