#include "house.hpp"

#include <system_error>
#include <utility>

#include "documents/sources.hpp"
#include "jobs/queue.hpp"

namespace kansli::app {

std::filesystem::path shared_files() {
    std::error_code status;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", status);
    const auto tree = program.parent_path().parent_path().parent_path();
    if (std::filesystem::is_regular_file(tree / "modules.json", status)) return tree;
    return "/usr/share/kansli";
}

House::House(store::DataFolder data_folder, Settings read, std::unique_ptr<store::Database> opened)
    : folder(std::move(data_folder)),
      settings(std::move(read)),
      database(std::move(opened)),
      people(*database),
      record(*database),
      library(*database, folder.files()),
      material(library) {}

Result<std::unique_ptr<House>> House::open(const std::string& data_folder) {
    auto folder = TRY(store::DataFolder::open(data_folder));
    auto settings = TRY(read_settings(folder));
    auto database = TRY(store::Database::open(folder.database_file()));
    TRY(database->migrate({access::People::migrations(), record::Record::migrations(), jobs::Queue::migrations(),
                           documents::Library::migrations()}));
    return nullptr;
}

}  // namespace kansli::app
