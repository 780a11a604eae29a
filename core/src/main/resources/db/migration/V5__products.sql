create table products (
    -- Chosen by whoever keeps the catalogue, e.g. an article number. Compared byte by byte, whatever the database's locale.
    id          text collate "C" not null,
    name        text             not null,
    category    text             not null,
    -- In the catalogue's one currency.
    price       numeric(12, 2)   not null,
    description text,
    created_at  timestamptz      not null default now(),
    updated_at  timestamptz      not null default now(),
    constraint products_pk primary key (id),
    constraint products_id_form check (id ~ '^[A-Za-z0-9._-]{1,100}$'),
    constraint products_name_length check (length(name) between 1 and 200),
    constraint products_category_length check (length(category) between 1 and 100),
    constraint products_price_not_negative check (price >= 0),
    constraint products_description_length check (length(description) between 1 and 5000)
);

-- Products.list without a category reads a page of (created_at, id) < (…) backwards.
create index products_by_age on products (created_at, id);
-- Products.list of a category does the same within it.
create index products_of_category_by_age on products (category, created_at, id);
