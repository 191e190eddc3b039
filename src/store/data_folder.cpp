#include "store/data_folder.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "store/detail/incoming_file.hpp"

namespace kansli::store {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> subfolders = {"files", "index", "uploads", "pages"};
constexpr std::size_t chunk = std::size_t{1} << 18U;

bool is_hash(std::string_view text) {
    const auto hexadecimal = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 64 && std::all_of(text.begin(), text.end(), hexadecimal);
}

fs::path place_of(const fs::path& files, std::string_view hash) {
    return files / hash.substr(0, 2) / hash.substr(2, 2) / hash;
}

Failure not_made(const fs::path& path, const std::error_code& status) {
    return fail(ErrorCode::unavailable, fmt::format("Mappen kan inte skapas: {}.", status.message()),
                path.string(), "Kontrollera att kontot får skriva där.");
}

// Only what an interrupted create() can have left.
bool holds_only_ours(const fs::path& path, std::error_code& status) {
    for (const auto& entry : fs::directory_iterator(path, status)) {
        const auto name = entry.path().filename().string();
        const bool known = std::find(subfolders.begin(), subfolders.end(), name) != subfolders.end();
        const bool part = name.starts_with("kansli.toml.part-");
        if (!part && !(known && fs::is_empty(entry.path(), status))) return false;
    }
    return true;
}

// Hands the bytes of a file to `take`, a piece at a time.
template <typename Take>
Result<void> read_pieces(const fs::path& path, const Take& take) {
    std::ifstream in(path, std::ios::binary);
    std::string piece(chunk, '\0');
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto count = static_cast<std::size_t>(in.gcount());
        if (count > 0) TRY(take(std::string_view(piece).substr(0, count)));
    }
    if (in.eof()) return {};
    return fail(ErrorCode::unavailable, "Filen kan inte läsas.", path.string());
}

// The bytes may be there already; a file that a power failure left shorter is replaced.
Result<StoredFile> keep(detail::IncomingFile incoming, const fs::path& files) {
    StoredFile stored{incoming.finish_hash(), incoming.size()};
    const auto target = place_of(files, stored.hash);
    std::error_code status;
    const auto size = fs::file_size(target, status);
    if (status || size != stored.size) TRY(incoming.place(target));
    return stored;
}

}  // namespace

std::string_view DataFolder::default_settings() {
    return "# Inställningar för Kansli i den här datamappen.\n"
           "# Rader som börjar med # är kommentarer. Ändringar gäller när Kansli startas om.\n";
}

Result<DataFolder> DataFolder::create(const fs::path& path, std::string_view settings) {
    std::error_code status;
    DataFolder folder(fs::absolute(path, status));
    if (fs::exists(folder.settings_file(), status)) {
        return fail(ErrorCode::conflict, "Mappen är redan en datamapp för Kansli.", path.string(),
                    "Använd den som den är, eller välj en annan mapp.");
    }
    const bool is_new = !fs::exists(folder.path_, status);
    if (!is_new && (!fs::is_directory(folder.path_, status) || !holds_only_ours(folder.path_, status))) {
        return fail(ErrorCode::invalid_input, "Mappen innehåller redan annat.", path.string(),
                    "Välj en ny eller tom mapp.");
    }
    fs::create_directories(folder.path_, status);
    if (status) return not_made(folder.path_, status);
    fs::permissions(folder.path_, fs::perms::owner_all, status);
    if (status) return not_made(folder.path_, status);
    TRY(folder.make_folders());
    // Last, since this file makes it a data folder.
    TRY(write_file(folder.settings_file(), settings));
    TRY(sync_folder(folder.path_));
    return folder;
}

Result<DataFolder> DataFolder::open(const fs::path& path) {
    std::error_code status;
    DataFolder folder(fs::absolute(path, status));
    if (!fs::is_regular_file(folder.settings_file(), status)) {
        return fail(ErrorCode::not_found, "Här finns ingen datamapp för Kansli.", path.string(),
                    fmt::format("Skapa den med: kansli init {}", path.string()));
    }
    TRY(folder.make_folders());
    return folder;
}

Result<void> DataFolder::make_folders() const {
    for (const auto name : subfolders) {
        std::error_code status;
        fs::create_directories(path_ / name, status);
        if (status) return not_made(path_ / name, status);
    }
    return {};
}

Result<StoredFile> DataFolder::store_bytes(std::string_view bytes) const {
    auto incoming = TRY(detail::IncomingFile::create(uploads()));
    TRY(incoming.add(bytes));
    return keep(std::move(incoming), files());
}

Result<StoredFile> DataFolder::store_file(const fs::path& source, std::uintmax_t limit) const {
    std::error_code status;
    if (!fs::is_regular_file(source, status)) {
        return fail(ErrorCode::not_found, "Filen finns inte.", source.string());
    }
    auto incoming = TRY(detail::IncomingFile::create(uploads()));
    TRY(read_pieces(source, [&](std::string_view piece) -> Result<void> {
        if (incoming.size() + piece.size() > limit) {
            return fail(ErrorCode::too_large, fmt::format("Filen är större än gränsen {} byte.", limit),
                        source.string());
        }
        return incoming.add(piece);
    }));
    return keep(std::move(incoming), files());
}

Result<fs::path> DataFolder::file_path(std::string_view hash) const {
    if (!is_hash(hash))
        return fail(ErrorCode::invalid_input, "Filens nyckel är inte en SHA-256.", std::string(hash));
    auto path = place_of(files(), hash);
    std::error_code status;
    if (!fs::is_regular_file(path, status)) {
        return fail(ErrorCode::not_found, "Originalfilen finns inte.", path.string(),
                    "Återställ mappen files från en säkerhetskopia.");
    }
    return path;
}

Result<void> DataFolder::verify_file(std::string_view hash) const {
    const auto path = TRY(file_path(hash));
    Sha256 found;
    TRY(read_pieces(path, [&](std::string_view piece) -> Result<void> {
        found.update(piece);
        return {};
    }));
    if (found.finish() == hash) return {};
    return fail(ErrorCode::corrupt, "Originalfilen har ändrats sedan den sparades.", path.string(),
                "Återställ den från en säkerhetskopia.");
}

Result<void> DataFolder::remove_file(std::string_view hash) const {
    const auto path = file_path(hash);
    if (!path && path.error().code == ErrorCode::not_found) return {};
    if (!path) return Failure(path.error());
    std::error_code status;
    fs::remove(*path, status);
    if (!status) return sync_folder(path->parent_path());
    return fail(ErrorCode::unavailable, fmt::format("Filen kan inte tas bort: {}.", status.message()),
                path->string());
}

}  // namespace kansli::store
