#include "documents/detail/gather.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "core/file.hpp"

namespace kansli::documents::detail {

namespace {

namespace fs = std::filesystem;

std::string read_sidecar_text(const fs::path& sidecar) {
    auto text = read_file(sidecar, largest_sidecar);
    return text ? *std::move(text) : std::string{};
}

BatchFile make_file(const fs::path& path, std::string name) {
    fs::path sidecar = path;
    sidecar += sidecar_ending;
    return {.name = std::move(name), .path = path, .sidecar = read_sidecar_text(sidecar)};
}

// Where a single file lies for whoever picked it: an uploaded one by its name alone.
std::string place_of(const ImportInput& input) {
    std::error_code problem;
    return input.name.empty() ? fs::absolute(input.path, problem).lexically_normal().string() : input.name;
}

bool describes_another(const ImportInput& input, const std::vector<ImportInput>& inputs) {
    const std::string place = place_of(input);
    return place.ends_with(sidecar_ending) &&
           std::ranges::find(inputs, place.substr(0, place.size() - sidecar_ending.size()), place_of) !=
               inputs.end();
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
        if (describes_another(input, inputs)) continue;
        std::error_code problem;
        // The batch may be finished by another process, from another folder.
        fs::path path = fs::absolute(input.path, problem).lexically_normal();
        if (!path.has_filename()) path = path.parent_path();
        const auto status = fs::status(path, problem);
        if (fs::is_directory(status)) {
            gather_folder(path, files);
        } else {
            files.push_back(make_file(path, input.name.empty() ? path.filename().string() : input.name));
            const auto sidecar =
                std::ranges::find(inputs, place_of(input) + std::string(sidecar_ending), place_of);
            if (sidecar != inputs.end()) files.back().sidecar = read_sidecar_text(sidecar->path);
        }
    }
    return files;
}

}  // namespace kansli::documents::detail
