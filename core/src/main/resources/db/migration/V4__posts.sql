create table posts (
    id         uuid        not null,
    user_id    uuid        not null,
    title      text        not null,
    body       text        not null,
    created_at timestamptz not null default now(),
    constraint posts_pk primary key (id),
    -- Who deletes a user deletes what the user wrote, and the answers to it, in the same statement.
    constraint posts_user_fk foreign key (user_id) references users (id) on delete cascade,
    constraint posts_title_length check (length(title) between 1 and 200),
    constraint posts_body_length check (length(body) between 1 and 10000)
);

-- Posts.list reads a page of (created_at, id) < (…) backwards.
create index posts_by_age on posts (created_at, id);
-- Posts.newestOf reads the newest posts of each of some users; the cascade finds the posts of a deleted user.
create index posts_of_user_by_age on posts (user_id, created_at, id);

create table comments (
    id         uuid        not null,
    post_id    uuid        not null,
    user_id    uuid        not null,
    body       text        not null,
    created_at timestamptz not null default now(),
    constraint comments_pk primary key (id),
    constraint comments_post_fk foreign key (post_id) references posts (id) on delete cascade,
    constraint comments_user_fk foreign key (user_id) references users (id) on delete cascade,
    constraint comments_body_length check (length(body) between 1 and 2000)
);

-- Comments.newestOn reads the newest comments on each of some posts; the cascade finds those of a deleted post.
create index comments_on_post_by_age on comments (post_id, created_at, id);
-- The cascade alone: the comments of a deleted user.
create index comments_of_user on comments (user_id);

-- Tags are only ever added, so that two posts with the same new tag do not wait for each other's transactions for long.
create table tags (
    id   bigint generated always as identity,
    name text   not null,
    constraint tags_pk primary key (id),
    -- Also finds the tags of a new post by name (Posts.insert).
    constraint tags_name_key unique (name),
    constraint tags_name_length check (length(name) between 1 and 50)
);

create table post_tags (
    post_id  uuid     not null,
    -- 1, 2, …: tags are answered in the order in which they were given.
    position smallint not null,
    tag_id   bigint   not null,
    -- Also the order in which the tags of a post are read.
    constraint post_tags_pk primary key (post_id, position),
    constraint post_tags_tag_key unique (post_id, tag_id),
    constraint post_tags_post_fk foreign key (post_id) references posts (id) on delete cascade,
    -- No index on tag_id: tags are never deleted, and nothing asks for the posts of a tag.
    constraint post_tags_tag_fk foreign key (tag_id) references tags (id) on delete restrict,
    constraint post_tags_position_positive check (position > 0)
);
