#include "house.hpp"

#include <system_error>
#include <utility>

#include "jobs/queue.hpp"

namespace kansli::app {

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
    std::unique_ptr<store::Database> database;
    std::unique_ptr<documents::Library> library;
    std::unique_ptr<search::LibraryMaterial> material;
    std::unique_ptr<search::LexicalIndex> index;
};

House::House(Opened opened)
    : folder(std::move(opened.folder)),
      settings(std::move(opened.settings)),
      database(std::move(opened.database)),
      people(*database),
      organisation(*database),
      credentials(*database, attempts),
      sign_in(*database, attempts),
      sessions(*database),
      keys(*database),
      record(*database),
      library(std::move(opened.library)),
      material(std::move(opened.material)),
      index(std::move(opened.index)),
      reader({"/proc/self/exe", "read-worker"}, folder.path()),
      importer(*library, *database, folder.path(), reader, *index),
      fetcher(settings.allowed_hosts, settings.internal_hosts),
      sources(*database, importer, record, fetcher, folder.uploads()),
      quotable(*library),
      answerer(*index, quotable, record) {
}

Result<std::unique_ptr<House>> House::open(const std::string& data_folder) {
    auto folder = TRY(store::DataFolder::open(data_folder));
    auto settings = TRY(read_settings(folder));
    auto database = TRY(store::Database::open(folder.database_file()));
    TRY(database->migrate({access::People::migrations(), record::Record::migrations(),
                           jobs::Queue::migrations(), documents::Library::migrations(),
                           documents::SourceList::migrations()}));
    auto library = std::make_unique<documents::Library>(*database, folder.files());
    auto material = std::make_unique<search::LibraryMaterial>(*library);
    auto index = TRY(search::LexicalIndex::open({.folder = folder.index()}, *material));
    return std::unique_ptr<House>(new House({std::move(folder), std::move(settings), std::move(database),
                                             std::move(library), std::move(material), std::move(index)}));
}

}  // namespace kansli::app
