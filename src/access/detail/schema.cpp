#include "access/detail/schema.hpp"

#include <array>

namespace kansli::access::detail {

namespace {

constexpr std::string_view users_and_sessions = R"sql(
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'administrator')),
    disabled INTEGER NOT NULL,
    created TEXT NOT NULL,
    last_signed_in TEXT
) WITHOUT ROWID;
CREATE TABLE user_groups (
    user TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    PRIMARY KEY (user, name)
) WITHOUT ROWID;
CREATE TABLE sign_in_links (
    hash TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id),
    expires TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id),
    created TEXT NOT NULL,
    last_used TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (user);
)sql";

constexpr std::string_view several_roles = R"sql(
CREATE TABLE user_roles (
    user TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    PRIMARY KEY (user, role)
) WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role);
INSERT INTO user_roles SELECT id, role FROM users;
INSERT INTO user_roles SELECT id, 'auditor' FROM users WHERE role = 'administrator';
CREATE TABLE user_review_kinds (
    user TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (user, kind)
) WITHOUT ROWID;
ALTER TABLE users DROP COLUMN role;
ALTER TABLE users ADD COLUMN department TEXT NOT NULL DEFAULT '';
)sql";

// Every name that something has had stands in a table of its own: it cannot be given to another, and access
// lists that were written with it still let the right ones in.
constexpr std::string_view organisation = R"sql(
CREATE TABLE departments (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE) WITHOUT ROWID;
CREATE TABLE department_names (
    name TEXT PRIMARY KEY,
    department TEXT NOT NULL REFERENCES departments (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO departments SELECT lower(hex(randomblob(16))), department
    FROM (SELECT DISTINCT department FROM users WHERE department <> '');
INSERT INTO department_names SELECT name, id FROM departments;

CREATE TABLE people_groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    department TEXT REFERENCES departments (id)
) WITHOUT ROWID;
CREATE TABLE group_names (
    name TEXT PRIMARY KEY,
    people_group TEXT NOT NULL REFERENCES people_groups (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO people_groups SELECT lower(hex(randomblob(16))), name, NULL
    FROM (SELECT DISTINCT name FROM user_groups);
INSERT INTO group_names SELECT name, id FROM people_groups;

CREATE TABLE memberships (
    user TEXT NOT NULL REFERENCES users (id),
    people_group TEXT NOT NULL REFERENCES people_groups (id) ON DELETE CASCADE,
    PRIMARY KEY (user, people_group)
) WITHOUT ROWID;
CREATE INDEX members_of_group ON memberships (people_group);
INSERT INTO memberships SELECT u.user, g.id FROM user_groups u JOIN people_groups g ON g.name = u.name;
DROP TABLE user_groups;

ALTER TABLE users ADD COLUMN department_id TEXT REFERENCES departments (id);
UPDATE users SET department_id = (SELECT id FROM departments d WHERE d.name = users.department)
    WHERE department <> '';
ALTER TABLE users DROP COLUMN department;
CREATE INDEX users_of_department ON users (department_id);
)sql";

// A user name is made of the name a person had; who cannot get theirs (letters of other alphabets, two of the
// same name) gets one of their id, and an administrator may give a better one.
constexpr std::string_view user_names = R"sql(
ALTER TABLE users RENAME COLUMN name TO user_name;
ALTER TABLE users ADD COLUMN display_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
UPDATE users SET display_name = user_name;
CREATE TABLE user_names (
    name TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id)
) WITHOUT ROWID;
CREATE INDEX user_names_of_user ON user_names (user);
INSERT OR IGNORE INTO user_names
    SELECT folded, id FROM (
        SELECT id, created, lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            display_name, 'å', 'a'), 'ä', 'a'), 'ö', 'o'), 'Å', 'a'), 'Ä', 'a'), 'Ö', 'o'), 'é', 'e'), 'ü', 'u'),
            ' ', '.')) AS folded FROM users)
    WHERE folded NOT GLOB '*[^a-z0-9._-]*' AND folded GLOB '[a-z0-9]*' AND length(folded) <= 64
        AND folded <> 'kansli'
    ORDER BY created;
INSERT INTO user_names SELECT 'person.' || id, id FROM users
    WHERE id NOT IN (SELECT user FROM user_names);
UPDATE users SET user_name = id;
UPDATE users SET user_name = (SELECT name FROM user_names n WHERE n.user = users.id);
)sql";

constexpr std::string_view ways_in = R"sql(
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'link';
UPDATE sessions SET id = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX sessions_by_id ON sessions (id);

CREATE TABLE known_devices (
    hash TEXT NOT NULL,
    user TEXT NOT NULL REFERENCES users (id),
    last_used TEXT NOT NULL,
    PRIMARY KEY (hash, user)
) WITHOUT ROWID;

CREATE TABLE passwords (
    user TEXT PRIMARY KEY REFERENCES users (id),
    hash TEXT NOT NULL,
    changed TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE second_factors (
    user TEXT PRIMARY KEY REFERENCES users (id),
    secret TEXT NOT NULL DEFAULT '',
    pending TEXT NOT NULL DEFAULT '',
    confirmed TEXT,
    last_step INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE recovery_codes (
    user TEXT NOT NULL REFERENCES users (id),
    hash TEXT NOT NULL,
    PRIMARY KEY (user, hash)
) WITHOUT ROWID;

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    ending TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT NOT NULL,
    last_used TEXT,
    revoked TEXT
) WITHOUT ROWID;
CREATE INDEX api_keys_of_owner ON api_keys (owner);
)sql";

// What comes from outside: who a person is to an identity provider, sign-ins that wait for the browser to come back from
// one, what its groups have given (`given`: 'role', 'review', 'group' or 'department' with its name or id), and what another
// program calls those whom it provisions.
constexpr std::string_view from_outside = R"sql(
CREATE TABLE external_identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user TEXT NOT NULL REFERENCES users (id),
    created TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE UNIQUE INDEX external_identities_of_user ON external_identities (user, issuer);

CREATE TABLE pending_sign_ins (
    hash TEXT PRIMARY KEY,
    browser TEXT NOT NULL,
    issuer TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    return_path TEXT NOT NULL,
    expires TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pending_sign_ins_by_expiry ON pending_sign_ins (expires);

CREATE TABLE given_by_groups (
    user TEXT NOT NULL REFERENCES users (id),
    source TEXT NOT NULL,
    given TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (user, source, given, value)
) WITHOUT ROWID;

CREATE TABLE provisioned_people (
    user TEXT PRIMARY KEY REFERENCES users (id),
    external_id TEXT UNIQUE,
    removed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE provisioned_groups (
    people_group TEXT PRIMARY KEY REFERENCES people_groups (id) ON DELETE CASCADE,
    external_id TEXT UNIQUE
) WITHOUT ROWID;
)sql";

constexpr std::array<store::Migration, 6> steps = {{{"access", 1, users_and_sessions},
                                                    {"access", 2, several_roles},
                                                    {"access", 3, organisation},
                                                    {"access", 4, user_names},
                                                    {"access", 5, ways_in},
                                                    {"access", 6, from_outside}}};

using store::TableNote;

constexpr std::array access_tables{
    TableNote::told_with("users", "Konton: namn, användarnamn, e-post, senaste inloggning"),
    TableNote::told_with("user_roles", "Konton: roller"),
    TableNote::told_with("user_review_kinds", "Konton: slag av förslag som personen får avgöra"),
    TableNote::told_with("memberships", "Konton: grupper"),
    TableNote::searched("user_names", "Användarnamn, nuvarande och tidigare",
                        "SELECT name AS id, '' AS moment, user AS owner, name AS text FROM user_names"),
    TableNote::searched(
        "sign_in_links", "Inloggningslänk som inte är använd",
        "SELECT '' AS id, '' AS moment, user AS owner, 'Gäller till ' || expires AS text FROM "
        "sign_in_links"),
    TableNote::searched(
        "sessions", "Inloggning",
        "SELECT id, created AS moment, user AS owner, device || ', ' || way || ', senast använd ' || "
        "last_used AS text FROM sessions"),
    TableNote::searched(
        "known_devices", "Känd webbläsare",
        "SELECT '' AS id, last_used AS moment, user AS owner, 'Senast använd ' || last_used AS text "
        "FROM known_devices"),
    TableNote::searched(
        "passwords", "Lösenord, bara dess kontrollsumma",
        "SELECT '' AS id, changed AS moment, user AS owner, 'Ändrat ' || changed AS text FROM "
        "passwords"),
    TableNote::searched(
        "second_factors", "Kod från telefonen, krypterad hemlighet",
        "SELECT '' AS id, coalesce(confirmed, '') AS moment, user AS owner, 'Används sedan ' || "
        "coalesce(confirmed, '–') AS text FROM second_factors"),
    TableNote::searched(
        "recovery_codes", "Återställningskoder, bara deras kontrollsummor",
        "SELECT '' AS id, '' AS moment, user AS owner, count(*) || ' koder' AS text FROM recovery_codes "
        "GROUP BY user"),
    TableNote::searched(
        "api_keys", "API-nyckel, bara dess kontrollsumma",
        "SELECT id, created AS moment, owner, name || ', får ' || scope || ', gäller till ' || expires "
        "AS text FROM api_keys"),
    TableNote::searched(
        "external_identities", "Inloggning hos en leverantör av identiteter",
        "SELECT subject AS id, created AS moment, user AS owner, issuer || ', ' || subject AS text FROM "
        "external_identities"),
    TableNote::searched(
        "given_by_groups", "Behörighet som följer av grupper hos leverantören",
        "SELECT '' AS id, '' AS moment, user AS owner, source || ': ' || given || ' ' || value "
        "AS text FROM given_by_groups"),
    TableNote::searched("provisioned_people", "Kontots namn i det program som lägger upp konton",
                        "SELECT coalesce(external_id, '') AS id, '' AS moment, user AS owner, "
                        "coalesce(external_id, '') AS text FROM provisioned_people"),
    TableNote::nothing("provisioned_groups", "Gruppers namn i det program som lägger upp konton"),
    TableNote::nothing("pending_sign_ins", "Påbörjade inloggningar, utan uppgift om vem det är"),
    TableNote::nothing("departments", "Namn på nämnder och förvaltningar"),
    TableNote::nothing("department_names", "Namn på nämnder och förvaltningar"),
    TableNote::nothing("people_groups", "Namn på grupper"),
    TableNote::nothing("group_names", "Namn på grupper"),
};

}  // namespace

std::span<const store::TableNote> table_notes() {
    return access_tables;
}

std::span<const store::Migration> schema() {
    return steps;
}

}  // namespace kansli::access::detail
