#include "documents/detail/gather.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "core/file.hpp"

namespace kansli::documents::detail {

namespace {

namespace fs = std::filesystem;

std::string read_sidecar_text(const fs::path& file) {
    fs::path sidecar = file;
    sidecar += sidecar_ending;
    auto text = read_file(sidecar, largest_sidecar);
    return text ? *std::move(text) : std::string{};
}

BatchFile make_file(const fs::path& path, std::string name) {
    return {.name = std::move(name), .path = path, .sidecar = read_sidecar_text(path)};
}

void gather_folder(const fs::path& folder, std::vector<BatchFile>& files) {
    std::error_code problem;
    std::set<std::string> names;
    auto walk =
        fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, problem);
    for (; !problem && walk != fs::recursive_directory_iterator(); walk.increment(problem)) {
        const fs::directory_entry& entry = *walk;
        std::error_code ignored;
        const bool passed_over =
            is_passed_over(entry.path().filename().string()) || entry.is_symlink(ignored);
        if (entry.is_directory(ignored)) {
            if (passed_over) walk.disable_recursion_pending();
        } else if (!passed_over && entry.is_regular_file(ignored)) {
            names.insert(entry.path().lexically_relative(folder).generic_string());
        }
    }
    if (problem && names.empty()) files.push_back(make_file(folder, folder.filename().string()));
    for (const std::string& name : names) {
        const bool sidecar = name.ends_with(sidecar_ending) &&
                             names.contains(name.substr(0, name.size() - sidecar_ending.size()));
        if (!sidecar) files.push_back(make_file(folder / name, name));
    }
}

}  // namespace

bool is_passed_over(std::string_view name) {
    return name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db" || name == "desktop.ini";
}

std::vector<BatchFile> gather(const std::vector<ImportInput>& inputs) {
    std::vector<BatchFile> files;
    for (const ImportInput& input : inputs) {
        std::error_code problem;
        // The batch may be finished by another process, from another folder.
        fs::path path = fs::absolute(input.path, problem).lexically_normal();
        if (!path.has_filename()) path = path.parent_path();
        const auto status = fs::status(path, problem);
        if (fs::is_directory(status)) {
            gather_folder(path, files);
        } else {
            files.push_back(make_file(path, input.name.empty() ? path.filename().string() : input.name));
        }
    }
    return files;
}

}  // namespace kansli::documents::detail
