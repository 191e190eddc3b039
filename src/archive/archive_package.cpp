#include "archive/archive_package.hpp"

#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "archive/detail/item_text.hpp"
#include "archive/detail/markup.hpp"
#include "archive/detail/mets.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "documents/hidden_references.hpp"
#include "json/binder.hpp"
#include "json/schema.hpp"

namespace kansli::archive {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view root_profile = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml";
constexpr std::string_view content_type = "Kansli documents and record";
constexpr std::string_view representation = "representations/rep1";

constexpr std::string_view guide =
    "SÅ LÄSER DU DET HÄR ARKIVPAKETET\n"
    "\n"
    "Paketet följer E-ARK CSIP 2.1.0. METS.xml räknar upp alla filer med storlek och SHA-256.\n"
    "\n"
    "representations/rep1/data/dokument/NNNNNN/ är en version av ett dokument:\n"
    "    original.*   filen som den kom in\n"
    "    text.txt     texten som Kansli läste ur den, i UTF-8\n"
    "    uppgifter.json   titel, ägare, giltighet, filens namn med mera\n"
    "representations/rep1/data/protokoll.jsonl är protokollets anteckningar, en på varje rad. Anteckningar "
    "vars\n"
    "innehåll är gallrat, eller inte får lämnas ut, har kvar sin rad men saknar \"content\" och "
    "\"salt\".\n"
    "metadata/preservation/protokoll.json säger hur långt protokollet hade kommit och vilken kontrollsumma "
    "den\n"
    "sista anteckningen har.\n"
    "schemas/ beskriver JSON-filerna (JSON Schema 2020-12).\n";

// What is known of a version, in uppgifter.json.
struct ArchivedVersion {
    documents::DocumentId document{};
    documents::VersionId version{};
    std::string collection{};
    std::string title{};
    std::string kind{};
    std::string owner{};
    std::string source{};
    std::string reference{};
    access::InformationClass information_class = access::InformationClass::open;
    std::optional<Date> valid_from{};
    std::optional<Date> valid_to{};
    int number = 0;
    bool current = false;
    Timestamp imported{};
    std::string file_name{};
    std::string file_hash{};
    std::string text_hash{};
    std::string format{};
};
KANSLI_DESCRIBE(ArchivedVersion, document, version, collection, title, kind, owner, source, reference,
                information_class, valid_from, valid_to, number, current, imported, file_name, file_hash,
                text_hash, format)

// A line of protokoll.jsonl: all columns, so that the chain can be counted again without Kansli.
struct ArchivedEntry {
    std::int64_t number = 0;
    int format = 2;
    Timestamp moment{};
    std::string actor{};
    std::string kind{};
    std::string subject{};
    std::optional<std::string> salt{};
    std::optional<std::string> content{};
    std::optional<std::string> content_hash{};
    std::string previous{};
    std::string hash{};
};
KANSLI_DESCRIBE(ArchivedEntry, number, format, moment, actor, kind, subject, salt, content, content_hash,
                previous, hash)

struct ArchivedHead {
    std::int64_t entries = 0;
    std::string head{};
    bool whole = true;
};
KANSLI_DESCRIBE(ArchivedHead, entries, head, whole)

std::optional<std::string> unless_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

// A package while it is written.
class Packer {
  public:
    Packer(const ArchiveOrder& order, fs::path root, Timestamp moment)
        : order_(order), root_(std::move(root)), moment_(moment) {}

    [[nodiscard]] Result<void> make_folders() const {
        for (const auto* name : {"metadata/descriptive", "metadata/preservation",
                                 "representations/rep1/data/dokument", "schemas", "documentation"}) {
            std::error_code problem;
            fs::create_directories(root_ / name, problem);
            if (problem)
                return fail(ErrorCode::unavailable, "Mappen kan inte skapas.", (root_ / name).string(),
                            problem.message());
        }
        return {};
    }

    [[nodiscard]] Result<void> add_documents(store::Database& database, documents::Library& library,
                                             const access::Caller& caller, ArchiveReport& report) {
        std::set<documents::DocumentId> documents;
        TRY(detail::each_version(
            database, library, caller,
            [&](const documents::KeptVersion& version, const std::string& body) -> Result<void> {
                const bool collected = !order_.collection || *order_.collection == version.collection;
                if (!collected || !is_wanted(version.imported)) return {};
                documents.insert(version.document);
                ++report.versions;
                return add_version(version, body, TRY(library.original(caller, version.id)));
            }));
        report.documents = static_cast<std::int64_t>(documents.size());
        return {};
    }

    [[nodiscard]] Result<void> add_entries(store::Database& database, documents::Library& library,
                                           const access::Caller& caller, ArchiveReport& report) {
        if (!access::may(caller, access::Right::audit)) return {};
        documents::HiddenReferences hidden(library, caller);
        std::string lines;
        TRY(database.read([&](store::Connection& connection) -> Result<void> {
            return record::Record::each_entry(connection, [&](const record::Entry& entry) -> Result<void> {
                head_.entries = entry.number;
                head_.head = entry.hash;
                if (!is_wanted(entry.moment)) {
                    head_.whole = false;
                    return {};
                }
                ++report.entries;
                auto line = archived(entry);
                if (TRY(hidden.in(entry))) {
                    line.content.reset();
                    line.salt.reset();
                }
                lines += json::write(line) + "\n";
                return {};
            });
        }));
        if (!lines.empty()) TRY(add("protokoll.jsonl", lines));
        return {};
    }

    // Everything but the data, the METS documents last. How many files there are.
    [[nodiscard]] Result<std::int64_t> finish(const std::string& id) {
        auto root = document(id, order_.label);
        TRY(write_file(root_ / "metadata/descriptive/beskrivning.xml", description(id)));
        root.descriptive = TRY(measured("metadata/descriptive/beskrivning.xml", "beskrivning"));
        TRY(write_file(root_ / "metadata/preservation/protokoll.json", json::write(head_) + "\n"));
        root.preservation = TRY(measured("metadata/preservation/protokoll.json", "protokoll"));
        TRY(write_file(root_ / "documentation/LASMIG.txt", guide));
        root.groups.push_back(
            {"documentation", "Documentation", {TRY(measured("documentation/LASMIG.txt", "lasmig"))}, {}});
        root.groups.push_back({"schemas", "Schemas", TRY(write_schemas()), {}});
        root.groups.push_back(TRY(write_representation(id)));
        TRY(write_file(root_ / "METS.xml", detail::write_mets(root)));
        return static_cast<std::int64_t>(data_.size()) + 7;
    }

  private:
    [[nodiscard]] bool is_wanted(Timestamp moment) const {
        const Date day = day_in_sweden(moment);
        return (!order_.from || *order_.from <= day) && (!order_.to || day <= *order_.to);
    }

    [[nodiscard]] static ArchivedEntry archived(const record::Entry& entry) {
        return {.number = entry.number,
                .format = entry.format,
                .moment = entry.moment,
                .actor = entry.actor,
                .kind = entry.kind,
                .subject = entry.subject,
                .salt = unless_empty(entry.salt),
                .content = unless_empty(entry.content),
                .content_hash = unless_empty(entry.content_hash),
                .previous = entry.previous,
                .hash = entry.hash};
    }

    [[nodiscard]] static ArchivedVersion archived(const documents::KeptVersion& version) {
        const auto& attributes = version.attributes;
        return {.document = version.document,
                .version = version.id,
                .collection = version.collection,
                .title = attributes.title,
                .kind = std::string(documents::to_string(attributes.kind)),
                .owner = attributes.owner,
                .source = attributes.source,
                .reference = attributes.reference,
                .information_class = attributes.information_class,
                .valid_from = attributes.valid_from,
                .valid_to = attributes.valid_to,
                .number = version.number,
                .current = version.current,
                .imported = version.imported,
                .file_name = version.file_name,
                .file_hash = version.file_hash,
                .text_hash = version.text_hash,
                .format = version.format};
    }

    [[nodiscard]] Result<void> note(const std::string& name) {
        data_.push_back(TRY(detail::measure(root_ / representation, "data/" + name,
                                            fmt::format("data-{:06}", data_.size() + 1), moment_)));
        return {};
    }

    [[nodiscard]] Result<void> add(const std::string& name, std::string_view bytes) {
        TRY(write_file(root_ / representation / "data" / name, bytes));
        return note(name);
    }

    [[nodiscard]] Result<void> add_version(const documents::KeptVersion& version, const std::string& body,
                                           const fs::path& file) {
        const auto folder = fmt::format("dokument/{:06}", ++versions_);
        std::error_code problem;
        fs::create_directories(root_ / representation / "data" / folder, problem);
        const auto original = fmt::format("{}/original.{}", folder, detail::ending_of(version));
        const auto copied = TRY(copy_and_measure(file, root_ / representation / "data" / original));
        if (copied.sha256 != version.file_hash) {
            return fail(ErrorCode::corrupt, "Originalfilen har ändrats sedan den kom in.", version.file_name);
        }
        TRY(note(original));
        TRY(add(folder + "/text.txt", body));
        return add(folder + "/uppgifter.json", json::write(archived(version)) + "\n");
    }

    [[nodiscard]] detail::MetsDocument document(std::string id, std::string label) const {
        return {.id = std::move(id),
                .label = std::move(label),
                .profile = std::string(root_profile),
                .content = std::string(content_type),
                .created = moment_,
                .owner = order_.municipality};
    }

    [[nodiscard]] Result<detail::MetsFile> measured(const std::string& path, std::string id) const {
        return detail::measure(root_, path, std::move(id), moment_);
    }

    [[nodiscard]] std::string description(const std::string& id) const {
        detail::XmlWriter xml;
        xml.open("oai_dc:dc", {{"xmlns:oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"},
                               {"xmlns:dc", "http://purl.org/dc/elements/1.1/"}});
        xml.text("dc:identifier", id);
        xml.text("dc:title", order_.label);
        xml.text("dc:creator", order_.municipality);
        xml.text("dc:date", to_string(day_in_sweden(moment_)));
        xml.text("dc:language", "sv");
        xml.close();
        return xml.take();
    }

    // A JSON Schema for each of our own files.
    template <typename T>
    [[nodiscard]] Result<detail::MetsFile> write_schema(const std::string& name) const {
        json::Schemas schemas("#/$defs/");
        auto schema = json::Value::object();
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["allOf"] = json::Value(json::Value::Array{schemas.of<T>(json::Direction::write)});
        schema["$defs"] = schemas.components();
        TRY(write_file(root_ / "schemas" / (name + ".schema.json"), json::pretty(schema) + "\n"));
        return measured("schemas/" + name + ".schema.json", "schema-" + name);
    }

    [[nodiscard]] Result<std::vector<detail::MetsFile>> write_schemas() const {
        return std::vector{TRY(write_schema<ArchivedVersion>("uppgifter")),
                           TRY(write_schema<ArchivedEntry>("protokoll"))};
    }

    [[nodiscard]] Result<detail::MetsGroup> write_representation(const std::string& id) {
        auto own = document("rep1-" + id, order_.label);
        own.groups.push_back({"data", "Data", data_, {}});
        const auto path = std::string(representation) + "/METS.xml";
        TRY(write_file(root_ / path, detail::write_mets(own)));
        return detail::MetsGroup{"rep1", "Representations/rep1", {}, TRY(measured(path, "rep1-mets"))};
    }

    const ArchiveOrder& order_;
    fs::path root_;
    Timestamp moment_;
    int versions_ = 0;
    std::vector<detail::MetsFile> data_{};
    ArchivedHead head_{};
};

Result<void> write_all(Packer& packer, store::Database& database, documents::Library& library,
                       const access::Caller& caller, ArchiveReport& report) {
    TRY(packer.make_folders());
    TRY(packer.add_documents(database, library, caller, report));
    TRY(packer.add_entries(database, library, caller, report));
    if (report.versions + report.entries == 0)
        return fail(ErrorCode::conflict, "Det finns inget att arkivera för den samlingen och tiden.");
    report.files = TRY(packer.finish(report.package));
    return {};
}

}  // namespace

Result<ArchiveReport> export_archive(store::Database& database, documents::Library& library,
                                     record::Record& record, const access::Caller& caller,
                                     const ArchiveOrder& order, const fs::path& out, Timestamp moment) {
    if (!access::may(caller, access::Right::protect))
        return fail(ErrorCode::forbidden, "Det här kräver rätten att gallra och lämna ut.");
    if (order.label.empty()) return fail(ErrorCode::invalid_input, "Arkivpaketet ska ha ett namn.", "label");
    ArchiveReport report{.package = "kansli-" + random_token(16)};
    const fs::path root = out / report.package;
    Packer packer(order, root, moment);
    if (auto written = write_all(packer, database, library, caller, report); !written) {
        std::error_code ignored;
        fs::remove_all(root, ignored);
        return Failure(std::move(written).error());
    }
    report.entry =
        TRY(record.append(caller, "archive_exported", report.package, json::write(report), moment)).number;
    return report;
}

}  // namespace kansli::archive
