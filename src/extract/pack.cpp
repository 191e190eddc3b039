#include "extract/pack.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

#include "core/file.hpp"

namespace kansli::extract {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_size = std::size_t{1} << 18U;

struct Free {
    void operator()(archive* writer) const { archive_write_free(writer); }
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Writer = std::unique_ptr<archive, Free>;
using Entry = std::unique_ptr<archive_entry, Free>;

Failure cannot(archive* writer, const fs::path& file) {
    const char* why = archive_error_string(writer);
    return fail(ErrorCode::unavailable, "ZIP-filen kan inte skrivas.", file.string(),
                why == nullptr ? "" : why);
}

Result<void> add_bytes(archive* writer, const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string piece(piece_size, '\0');
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto count = static_cast<std::size_t>(in.gcount());
        if (count > 0 && archive_write_data(writer, piece.data(), count) < 0) return cannot(writer, file);
    }
    if (!in.eof()) return fail(ErrorCode::unavailable, "Filen kan inte läsas.", file.string());
    return {};
}

Result<void> add_file(archive* writer, const fs::path& file, const std::string& name, std::time_t moment) {
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(fs::file_size(file)));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), moment, 0);
    if (archive_write_header(writer, entry.get()) != ARCHIVE_OK) return cannot(writer, file);
    return add_bytes(writer, file);
}

Result<std::vector<fs::path>> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code problem;
    for (auto at = fs::recursive_directory_iterator(folder, problem);
         !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
        if (at->is_regular_file(problem)) files.push_back(at->path());
    }
    if (problem)
        return fail(ErrorCode::unavailable, "Mappen kan inte läsas.", folder.string(), problem.message());
    std::ranges::sort(files);
    return files;
}

Result<void> write_zip(const fs::path& folder, const fs::path& part, std::time_t moment) {
    const Writer writer(archive_write_new());
    archive_write_set_format_zip(writer.get());
    archive_write_set_options(writer.get(), "zip:hdrcharset=UTF-8");
    if (archive_write_open_filename(writer.get(), part.c_str()) != ARCHIVE_OK)
        return cannot(writer.get(), part);
    for (const auto& file : TRY(files_below(folder)))
        TRY(add_file(writer.get(), file, file.lexically_relative(folder).generic_string(), moment));
    if (archive_write_close(writer.get()) != ARCHIVE_OK) return cannot(writer.get(), part);
    return {};
}

}  // namespace

Result<void> pack_zip(const fs::path& folder, const fs::path& target, Timestamp moment) {
    const fs::path part = target.string() + ".part";
    const auto seconds = std::chrono::system_clock::to_time_t(moment);
    std::error_code problem;
    if (auto written = write_zip(folder, part, seconds); !written) {
        fs::remove(part, problem);
        return written;
    }
    fs::rename(part, target, problem);
    if (problem)
        return fail(ErrorCode::unavailable, "ZIP-filen kan inte sparas.", target.string(), problem.message());
    return sync_folder(target.parent_path().empty() ? fs::path(".") : target.parent_path());
}

}  // namespace kansli::extract
