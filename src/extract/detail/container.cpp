#include "extract/detail/container.hpp"

#include <algorithm>
#include <array>
#include <clocale>
#include <fstream>
#include <memory>
#include <system_error>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

// Honest office files pack 50 to 1 at the very most in the large.
constexpr std::size_t suspicious_bytes = std::size_t{64} << 20U;
constexpr std::size_t suspicious_ratio = 300;

// libarchive turns names into the character set of the thread's locale, which in a service is "C" and knows only ASCII.
class Utf8Locale {
  public:
    Utf8Locale() : own_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (own_ != nullptr) before_ = ::uselocale(own_);
    }
    ~Utf8Locale() {
        if (own_ == nullptr) return;
        ::uselocale(before_);
        ::freelocale(own_);
    }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;
    Utf8Locale(Utf8Locale&&) = delete;
    Utf8Locale& operator=(Utf8Locale&&) = delete;

  private:
    locale_t own_;
    locale_t before_ = nullptr;
};

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

Failure damaged_container() {
    return fail(ErrorCode::corrupt, "Filen är avbruten eller skadad: den packade delen går inte att läsa.",
                {}, "Hämta eller spara filen på nytt och försök igen.");
}

Failure bomb(std::size_t limit) {
    return fail(ErrorCode::too_large,
                fmt::format("Filen blir orimligt stor när den packas upp (gränsen är {} MiB).", limit >> 20U),
                {}, "Kontrollera var filen kommer ifrån; dela upp den om den är äkta.");
}

Failure locked() {
    return fail(ErrorCode::unsupported, "Arkivet är skyddat med lösenord.", {},
                "Packa det utan lösenord och försök igen.");
}

Result<Archive> open_archive(const std::filesystem::path& path, std::string_view bytes) {
    Archive reader(archive_read_new(), archive_read_free);
    if (reader == nullptr) return fail(ErrorCode::internal, "Minnet räcker inte.");
    archive_read_support_format_zip_seekable(reader.get());
    const int status = path.empty()
                           ? archive_read_open_memory(reader.get(), bytes.data(), bytes.size())
                           : archive_read_open_filename(reader.get(), path.c_str(), std::size_t{1} << 16U);
    if (status != ARCHIVE_OK) return damaged_container();
    return reader;
}

// The upper half of the character set of DOS, in which ZIP names stand that do not say otherwise.
std::string from_cp437(std::string_view bytes) {
    static constexpr std::u32string_view upper =
        U"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓ"
        U"πΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_code_point(text, byte < 0x80 ? byte : upper[byte - 0x80U]);
    }
    return text;
}

std::string name_of(archive_entry* entry) {
    const char* raw = archive_entry_pathname(entry);
    if (raw == nullptr) raw = archive_entry_pathname_utf8(entry);
    if (raw == nullptr) return "namnlös";
    const auto name = cut(raw, 1000);
    return text::is_valid_utf8(name) ? text::normalise(name) : from_cp437(name);
}

// Counts what comes out of an archive and says when it is too much.
class Meter {
  public:
    Meter(std::size_t packed, std::size_t limit) : packed_(packed), limit_(limit) {}

    Result<void> add(std::size_t bytes) {
        total_ += bytes;
        const bool blown_up = total_ > suspicious_bytes && total_ / suspicious_ratio > packed_;
        if (total_ > limit_ || blown_up) return bomb(blown_up ? std::min(limit_, suspicious_bytes) : limit_);
        return {};
    }

  private:
    std::size_t packed_;
    std::size_t limit_;
    std::size_t total_ = 0;
};

// Hands the data of the current member over piece by piece.
template <typename Take>
Result<void> read_data(archive* reader, Meter& meter, Take take) {
    std::array<char, std::size_t{1} << 16U> buffer{};
    while (true) {
        const auto count = archive_read_data(reader, buffer.data(), buffer.size());
        if (count < 0) return damaged_container();
        if (count == 0) return {};
        TRY(meter.add(static_cast<std::size_t>(count)));
        TRY(take(std::string_view(buffer.data(), static_cast<std::size_t>(count))));
    }
}

// Calls `visit(entry)` for each member. Errors in the archive's own structure are `corrupt`.
template <typename Visit>
Result<void> each_member(archive* reader, Visit visit) {
    archive_entry* entry = nullptr;
    while (true) {
        const int status = archive_read_next_header(reader, &entry);
        if (status == ARCHIVE_EOF) return {};
        if (status == ARCHIVE_RETRY) continue;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged_container();
        TRY(visit(entry));
    }
}

}  // namespace

Result<Container> Container::open(const std::filesystem::path& path, const Limits& limits) {
    Container container(path, {}, limits);
    TRY(container.list());
    return container;
}

Result<Container> Container::open_bytes(std::string_view bytes, const Limits& limits) {
    Container container({}, bytes, limits);
    TRY(container.list());
    return container;
}

Result<void> Container::list() {
    const Utf8Locale locale;
    const auto reader = TRY(open_archive(path_, bytes_));
    return each_member(reader.get(), [&](archive_entry* entry) -> Result<void> {
        if (std::ssize(members_) >= limits_.files) {
            return fail(ErrorCode::too_large,
                        fmt::format("Arkivet innehåller fler än {} filer.", limits_.files), {},
                        "Dela upp det i flera arkiv.");
        }
        Member member{name_of(entry), archive_entry_filetype(entry) == AE_IFDIR,
                      archive_entry_is_data_encrypted(entry) > 0};
        member.folder = member.folder || member.name.ends_with('/');
        members_.push_back(std::move(member));
        return {};
    });
}

bool Container::has(std::string_view name) const {
    return std::ranges::find(members_, name, &Member::name) != members_.end();
}

Result<std::size_t> Container::packed_size() const {
    if (path_.empty()) return bytes_.size();
    std::error_code status;
    const auto size = std::filesystem::file_size(path_, status);
    if (status) return damaged_container();
    return size;
}

Result<std::map<std::string, std::string>> Container::load(const Choice& wanted, std::size_t largest) const {
    const Utf8Locale locale;
    Meter meter(TRY(packed_size()), limits_.unpacked_bytes);
    const auto reader = TRY(open_archive(path_, bytes_));
    std::map<std::string, std::string> parts;
    TRY(each_member(reader.get(), [&](archive_entry* entry) -> Result<void> {
        auto name = name_of(entry);
        if (!wanted(name) || parts.contains(name)) return {};
        if (archive_entry_is_data_encrypted(entry) > 0) return locked();
        std::string bytes;
        TRY(read_data(reader.get(), meter, [&](std::string_view piece) -> Result<void> {
            if (bytes.size() + piece.size() > largest) return bomb(largest);
            bytes.append(piece);
            return {};
        }));
        parts.emplace(std::move(name), std::move(bytes));
        return {};
    }));
    return parts;
}

Result<std::vector<EmbeddedFile>> Container::unpack(const std::filesystem::path& folder) const {
    const Utf8Locale locale;
    Meter meter(TRY(packed_size()), limits_.unpacked_bytes);
    const auto reader = TRY(open_archive(path_, bytes_));
    std::vector<EmbeddedFile> files;
    TRY(each_member(reader.get(), [&](archive_entry* entry) -> Result<void> {
        auto name = name_of(entry);
        if (archive_entry_filetype(entry) != AE_IFREG || name.ends_with('/')) return {};
        if (archive_entry_is_data_encrypted(entry) > 0) return locked();
        auto path = folder / std::to_string(files.size() + 1);
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        TRY(read_data(reader.get(), meter, [&](std::string_view piece) -> Result<void> {
            out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
            if (!out) return fail(ErrorCode::unavailable, "Det finns inte plats att packa upp arkivet.");
            return {};
        }));
        files.push_back({std::move(name), std::move(path)});
        return {};
    }));
    return files;
}

}  // namespace kansli::extract::detail
