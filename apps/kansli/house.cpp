#include "house.hpp"

#include <array>
#include <system_error>
#include <utility>

#include "api/model_wire.hpp"
#include "assistants/answer_kind.hpp"
#include "assistants/quote_check.hpp"
#include "core/log.hpp"
#include "documents/hidden_references.hpp"
#include "jobs/queue.hpp"
#include "model/shipped.hpp"
#include "store/upgrade.hpp"

namespace kansli::app {

namespace {

// All kinds of proposals there are in the house.
constexpr std::array kinds{assistants::answer_kind};

// Without an endpoint nobody writes.
std::unique_ptr<assistants::AnswerWriter> writer_of(endpoints::Pool& pool, const endpoints::Rules& rules,
                                                    text::LexiconSource lexicon) {
    if (pool.empty()) return nullptr;
    return std::make_unique<assistants::AnswerWriter>(
        pool, rules, assistants::quote_check(std::move(lexicon), model::shipped_embedding()));
}

// The desk knows nothing of documents; here it is told who may read them.
desk::SourceRules source_rules() {
    return {documents::hidden_versions};
}

}  // namespace

std::filesystem::path shared_files() {
    std::error_code status;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", status);
    auto tree = program.parent_path().parent_path().parent_path();
    if (std::filesystem::is_regular_file(tree / "modules.json", status)) return tree;
    return "/usr/share/kansli";
}

struct House::Opened {
    store::DataFolder folder;
    Settings settings;
    endpoints::ModelSettings models;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<documents::Library> library;
    std::unique_ptr<search::LibraryMaterial> material;
    std::unique_ptr<glossary::Glossary> glossary;
    std::unique_ptr<search::LexicalIndex> index;
};

House::House(Opened opened)
    : folder(std::move(opened.folder)),
      settings(std::move(opened.settings)),
      database(std::move(opened.database)),
      people(*database),
      organisation(*database),
      secret_box(folder.path()),
      credentials(*database, attempts, secret_box),
      sign_in(*database, attempts, secret_box),
      sessions(*database),
      keys(*database),
      external_sign_in(*database, attempts, settings.groups, settings.openid.create_people),
      provisioning(*database, settings.groups),
      record(*database),
      checkpoints(*database, record, folder.path()),
      experiments(*database, record, kinds),
      desk(*database, record, kinds, source_rules(), now, desk::Desk::unforeseeable,
           [this](store::Connection& connection, std::string_view kind, const desk::ProposalId& item,
                  Timestamp moment) { return experiments.assign(connection, kind, item, moment); }),
      survey(*database, desk),
      measures(*database, record, kinds, experiments),
      sampling(*database, record, kinds, source_rules()),
      digests(*database),
      library(std::move(opened.library)),
      material(std::move(opened.material)),
      glossary(std::move(opened.glossary)),
      index(std::move(opened.index)),
      retention(*database, folder, record, [this] { return index->rebuild(); }),
      release(*database, *library, record),
      subjects({*database, *library, record, people}),
      reader({"/proc/self/exe", "read-worker"}, folder.path()),
      importer(*library, *database, folder.path(), reader, *index),
      fetcher(settings.allowed_hosts, settings.internal_hosts),
      sources(*database, importer, record, fetcher, folder.uploads()),
      quotable(*library),
      models(api::model_pool(opened.models, folder.keys())),
      writer(writer_of(*models, opened.models.rules, glossary->source())),
      answerer(*index, quotable, desk, meter, glossary->source(), &model::shipped_embedding(), writer.get()),
      search(*index, answerer) {
}

namespace {

// The steps of every room that keeps something.
store::Rooms rooms() {
    return {access::People::migrations(),     record::Record::migrations(),
            desk::Desk::migrations(),         jobs::Queue::migrations(),
            documents::Library::migrations(), documents::SourceList::migrations(),
            archive::Retention::migrations(), measures::Survey::migrations(),
            glossary::Glossary::migrations()};
}

}  // namespace

Result<store::SchemaState> schema_state(store::Database& database) {
    return database.schema_state(rooms());
}

Result<Foundation> lay_foundation(const std::string& data_folder) {
    auto folder = TRY(store::DataFolder::open(data_folder));
    auto settings = TRY(read_settings(folder));
    auto models = TRY(endpoints::read_model_settings(folder.models_file()));
    auto database = TRY(store::Database::open(folder.database_file()));
    const auto copy = TRY(store::upgrade(folder, *database, rooms(), now()));
    if (copy) log::info("Datamappen är uppgraderad. Databasen från före ligger i {}.", copy->string());
    return Foundation{std::move(folder), std::move(settings), std::move(models), std::move(database)};
}

Result<std::unique_ptr<House>> House::open(const std::string& data_folder) {
    auto [folder, settings, models, database] = TRY(lay_foundation(data_folder));
    auto library = std::make_unique<documents::Library>(*database, folder.files());
    auto material = std::make_unique<search::LibraryMaterial>(*library);
    auto glossary = std::make_unique<glossary::Glossary>(*database);
    auto index =
        TRY(search::LexicalIndex::open({.folder = folder.index(), .lexicon = glossary->source()}, *material));
    auto house = std::unique_ptr<House>(
        new House({std::move(folder), std::move(settings), std::move(models), std::move(database),
                   std::move(library), std::move(material), std::move(glossary), std::move(index)}));
    TRY(house->credentials.seal_secrets());
    return house;
}

}  // namespace kansli::app
