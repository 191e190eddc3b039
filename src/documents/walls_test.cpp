#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "documents/detail/versions.hpp"
#include "documents/library.hpp"
#include "record/record.hpp"

using namespace kansli;
using namespace kansli::documents;

// Who may read what is in the tables: whatever way it is asked for, the answer is that of the rule.
namespace {

const std::vector<std::string> principals = {"bygg", "skola", "department:Socialnämnden", "person:rut"};

access::AccessList random_list() {
    access::AccessList list;
    for (int left = *rc::gen::inRange(0, 3); left > 0; --left)
        list.push_back(*rc::gen::elementOf(principals));
    return list;
}

access::Caller random_caller() {
    access::Caller caller;
    caller.id = access::UserId("u1");
    caller.name = *rc::gen::element<std::string>("rut", "eva");
    caller.roles = {
        *rc::gen::element(access::Role::reader, access::Role::editor, access::Role::administrator)};
    if (*rc::gen::arbitrary<bool>()) caller.groups = {*rc::gen::element<std::string>("bygg", "skola")};
    caller.department = *rc::gen::element<std::string>("", "Socialnämnden", "Kansliet");
    return caller;
}

struct Made {
    DocumentId document{};
    std::string collection{};
    std::vector<VersionId> versions{};
    std::vector<Attributes> attributes{};  // of each version
};

class Tables {
  public:
    Tables()
        : folder_(*TemporaryFolder::create()), database_(*store::Database::open(folder_.path() / "k.db")) {
        const auto migrated = database_->migrate({record::Record::migrations(), Library::migrations()});
        RC_ASSERT(migrated.has_value());
        const auto batch = database_->write([](store::Connection& connection) -> Result<void> {
            return connection.execute(
                "INSERT INTO documents_batch (number, collection, caller_id, caller_name, given, started) "
                "VALUES (1, '', 'kansli', 'kansli', '{}', '')");
        });
        RC_ASSERT(batch.has_value());
    }

    [[nodiscard]] Library& library() { return library_; }
    [[nodiscard]] store::Database& database() { return *database_; }

    void add_version(Made& made, const Attributes& attributes,
                     const access::Caller& importer = access::keeper()) {
        documents::detail::IncomingVersion incoming;
        incoming.collection = made.collection;
        incoming.identity = "file:" + attributes.title;
        incoming.file_name = attributes.title;
        incoming.batch = 1;
        ReadDocument read;
        read.attributes = attributes;
        read.text = "Text.";
        read.sections.push_back({.end = read.text.size()});
        const auto written = database_->write([&](store::Connection& connection) -> Result<void> {
            const auto pending =
                TRY(documents::detail::insert_pending(connection, importer, incoming, read, Timestamp{}));
            TRY(documents::detail::complete(*database_, connection, importer, pending.number, Timestamp{}));
            made.document = pending.document;
            made.versions.push_back(pending.id);
            made.attributes.push_back(TRY(documents::detail::load_attributes(connection, pending.number)));
            return {};
        });
        RC_ASSERT(written.has_value());
    }

  private:
    TemporaryFolder folder_;
    std::unique_ptr<store::Database> database_;
    Library library_{*database_, folder_.path() / "files"};
};

Attributes random_attributes(int number) {
    Attributes attributes;
    attributes.title = "Dokument " + std::to_string(number);
    attributes.access = random_list();
    attributes.owner = *rc::gen::element<std::string>("", "Socialnämnden", "Kansliet");
    attributes.secrecy = *rc::gen::element<std::string>("", "", "OSL 26 kap. 1 §");
    return attributes;
}

// What the two halves of the rule say, without what the library makes of them.
bool rule_lets_in(const access::Caller& caller, const Made& made, std::size_t version,
                  const CollectionSettings& collection) {
    const auto own = protection_of(made.attributes[version], collection);
    const auto current = protection_of(made.attributes.back(), collection);
    return access::may_read(caller, stricter(own, current).rule);
}

}  // namespace

TEST_CASE("every way to a document asks the same rule") {
    CHECK(rc::check("lists, documents, versions, texts and the catalogue agree", [] {
        Tables tables;
        std::vector<CollectionSettings> collections = {{.name = "a"}, {.name = "b"}};
        for (CollectionSettings& collection : collections) {
            collection.access = random_list();
            collection.owner = *rc::gen::element<std::string>("", "Socialnämnden");
            collection.secrecy = *rc::gen::element<std::string>("", "", "OSL 21 kap. 1 §");
            RC_ASSERT(tables.library().set_collection(access::keeper(), collection).has_value());
        }
        std::vector<Made> all;
        for (int number = *rc::gen::inRange(1, 5); number > 0; --number) {
            Made made;
            made.collection = (*rc::gen::elementOf(collections)).name;
            Attributes first = random_attributes(number);
            first.reference = "2026:" + std::to_string(number);
            tables.add_version(made, first);
            if (*rc::gen::arbitrary<bool>()) {
                Attributes second = random_attributes(number);
                second.reference = first.reference;
                tables.add_version(made, second);
            }
            all.push_back(std::move(made));
        }
        const access::Caller caller = random_caller();
        const auto catalogue = *tables.library().catalogue();
        std::size_t readable = 0;
        std::set<std::string, std::less<>> references{"2026:999"};
        for (const Made& made : all)
            references.insert(made.attributes.back().reference);
        const auto readable_references = *tables.library().readable_references(caller, references);
        for (const Made& made : all) {
            const auto& collection =
                *std::ranges::find(collections, made.collection, &CollectionSettings::name);
            const bool may = rule_lets_in(caller, made, made.versions.size() - 1, collection);
            readable += may ? 1 : 0;
            RC_ASSERT(tables.library().document(caller, made.document).has_value() == may);
            RC_ASSERT(tables.library().protection(caller, made.document).has_value() == may);
            RC_ASSERT(*tables.library().may_read(caller, made.document) == may);
            RC_ASSERT(readable_references.contains(made.attributes.back().reference) == may);
            const auto versions = tables.library().versions(caller, made.document);
            RC_ASSERT(versions.has_value() == may);
            for (std::size_t i = 0; i < made.versions.size(); ++i) {
                const bool may_version = rule_lets_in(caller, made, i, collection);
                const auto text = tables.library().version(caller, made.versions[i]);
                RC_ASSERT(text.has_value() == may_version);
                RC_ASSERT(tables.library().section(caller, made.versions[i], 0).has_value() == may_version);
                RC_ASSERT(*tables.library().may_read(caller, made.versions[i]) == may_version);
                const CatalogueEntry* entry = catalogue->find(made.versions[i]);
                RC_ASSERT(entry != nullptr);
                RC_ASSERT(access::may_read(caller, catalogue->protection_of(*entry).rule) == may_version);
                RC_ASSERT(!may_version || may);
                if (may)
                    RC_ASSERT(std::ranges::any_of(*versions, [&](const VersionSummary& version) {
                                  return version.id == made.versions[i];
                              }) == may_version);
            }
        }
        RC_ASSERT(tables.library().documents(caller)->size() == readable);
        RC_ASSERT(readable_references.size() == readable);
        std::int64_t counted = 0;
        for (const Collection& collection : *tables.library().collections(caller))
            counted += collection.documents;
        RC_ASSERT(counted == static_cast<std::int64_t>(readable));
    }));
}

TEST_CASE("a file becomes a version only of a document that its importer may know of") {
    Tables tables;
    access::Caller editor;
    editor.id = access::UserId("u1");
    editor.name = "eva";
    editor.roles = {access::Role::editor};
    Attributes walled;
    walled.title = "Akt";
    walled.owner = "Socialnämnden";
    walled.secrecy = "OSL 26 kap. 1 §";
    Made akt{.collection = "a"};
    tables.add_version(akt, walled);
    Attributes plain;
    plain.title = "Akt";
    Made other{.collection = "a"};
    tables.add_version(other, plain, editor);
    CHECK(other.document != akt.document);
    CHECK(tables.library().versions(access::keeper(), akt.document)->size() == 1);
    // The second time it is the editor's own document that gets the version.
    const DocumentId own = other.document;
    tables.add_version(other, plain, editor);
    CHECK(other.document == own);
    editor.department = "Socialnämnden";
    tables.add_version(akt, plain, editor);
    CHECK(tables.library().versions(editor, akt.document)->size() == 2);
    // The mark stays until somebody takes it away.
    CHECK(tables.library().document(editor, akt.document)->protection.secrecy == "OSL 26 kap. 1 §");
    CHECK(tables.library().walled_documents(access::keeper())->front().documents == 1);
    CHECK(tables.library().walled_documents(editor).error().code == ErrorCode::forbidden);
}

TEST_CASE("a successor that the caller may not read is told of but not named, and not lost when they save") {
    Tables tables;
    Attributes next;
    next.title = "Ny";
    next.access = {"skola"};
    Made successor{.collection = "a"};
    tables.add_version(successor, next);
    Attributes old;
    old.title = "Gammal";
    old.replaced_by = successor.document;
    Made made{.collection = "a"};
    tables.add_version(made, old);
    access::Caller editor;
    editor.id = access::UserId("u1");
    editor.roles = {access::Role::editor};
    auto seen = *tables.library().document(editor, made.document);
    CHECK_FALSE(seen.attributes.replaced_by);
    CHECK(seen.hidden_successor);
    seen.attributes.title = "Gammal, rättad";
    REQUIRE(tables.library().describe(editor, made.document, seen.attributes));
    const auto whole = *tables.library().document(access::keeper(), made.document);
    CHECK(whole.attributes.title == "Gammal, rättad");
    CHECK(whole.attributes.replaced_by == successor.document);
}
