#include "documents/detail/wire.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "documents/detail/rows.hpp"
#include "json/value.hpp"
#include "text/language.hpp"

namespace kansli::documents::detail {

namespace {

constexpr char document_tag = 'D';
constexpr char error_tag = 'E';

Failure nonsense() {
    return fail(ErrorCode::corrupt, "Läsprocessen svarade med något som inte går att tolka.");
}

// Numbers are LEB128, texts their length and bytes.
class Packer {
  public:
    void number(std::uint64_t value) {
        while (value >= 0x80) {
            bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
            value >>= 7U;
        }
        bytes_ += static_cast<char>(value);
    }
    void signed_number(std::int64_t value) {
        number((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void real(double value) {
        std::array<char, sizeof(double)> raw{};
        std::memcpy(raw.data(), &value, raw.size());
        bytes_.append(raw.data(), raw.size());
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    void texts(const std::vector<std::string>& values) {
        number(values.size());
        for (const std::string& value : values)
            text(value);
    }
    void tag(char value) { bytes_ += value; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_{};
};

// Reads what Packer wrote. After anything impossible every value is empty and failed() is true.
class Unpacker {
  public:
    explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (bytes_.empty()) return give_up();
            const auto byte = static_cast<unsigned char>(bytes_.front());
            bytes_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) return value;
        }
        return give_up();
    }
    std::int64_t signed_number() {
        const std::uint64_t value = number();
        return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
    }
    int small() {
        const std::int64_t value = signed_number();
        if (value < -1 || value > 100'000'000) give_up();
        return failed_ ? 0 : static_cast<int>(value);
    }
    double real() {
        double value = 0;
        if (bytes_.size() < sizeof(double)) return static_cast<double>(give_up());
        std::memcpy(&value, bytes_.data(), sizeof(double));
        bytes_.remove_prefix(sizeof(double));
        // No page is a kilometre wide; NaN fails the comparison too.
        if (!(value > -1e6 && value < 1e6)) give_up();
        return failed_ ? 0 : value;
    }
    std::string text() {
        const std::uint64_t size = number();
        if (size > bytes_.size()) {
            give_up();
            return {};
        }
        std::string value(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        if (!text::is_valid_utf8(value)) give_up();
        return value;
    }
    // How many things follow; each takes at least `least` bytes, so that no count can ask for more than was sent.
    std::size_t count(std::size_t least) {
        const std::uint64_t value = number();
        if (value > bytes_.size() / least) return give_up();
        return value;
    }
    std::vector<std::string> texts() {
        std::vector<std::string> values(count(1));
        for (std::string& value : values)
            value = text();
        return values;
    }
    char tag() {
        if (bytes_.empty()) return static_cast<char>(give_up());
        const char value = bytes_.front();
        bytes_.remove_prefix(1);
        return value;
    }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

  private:
    std::uint64_t give_up() {
        failed_ = true;
        bytes_ = {};
        return 0;
    }
    std::string_view bytes_;
    bool failed_ = false;
};

// The trail is the parent's and the heading; level and ordinal follow from the order.
void pack_section(Packer& out, const Section& section) {
    out.signed_number(section.parent);
    out.number(static_cast<std::uint64_t>(section.role));
    out.number(section.start);
    out.number(section.body - section.start);
    out.number(section.end - section.body);
    out.text(section.path);
    out.text(section.heading);
}

void pack_document(Packer& out, const ReadDocument& document) {
    out.text(document.format);
    out.text(json::write(to_json(document.attributes)));
    out.text(document.stated.id);
    out.text(document.stated.replaced_by);
    out.text(date_text(document.stated.wording_from).value_or(""));
    out.number(document.stated.superseded ? 1 : 0);
    out.text(document.text);
    out.texts(document.warnings);
    out.signed_number(document.pages);
    out.real(document.page_width);
    out.real(document.page_height);
    out.number(document.sections.size());
    for (const Section& section : document.sections)
        pack_section(out, section);
    out.number(document.places.size());
    for (const extract::Place& place : document.places) {
        out.number(place.start);
        out.number(place.end - place.start);
        out.signed_number(place.page);
        for (const double side : {place.box.left, place.box.top, place.box.right, place.box.bottom})
            out.real(side);
    }
}

bool unpack_sections(Unpacker& in, ReadDocument& document) {
    const std::size_t count = in.count(7);
    std::size_t last = 0;
    for (std::size_t i = 0; i < count && !in.failed(); ++i) {
        Section section;
        section.ordinal = static_cast<int>(i);
        section.parent = in.small();
        const std::uint64_t role = in.number();
        section.start = in.number();
        const std::size_t heading = in.number();
        const std::size_t own = in.number();
        section.path = in.text();
        section.heading = in.text();
        const std::size_t size = document.text.size();
        const bool inside =
            section.start <= size && heading <= size - section.start && own <= size - section.start - heading;
        const bool ordered =
            section.start >= last && section.parent < section.ordinal && (section.parent >= 0) == (i > 0);
        if (!inside || !ordered || role > static_cast<std::uint64_t>(SectionRole::contents)) return false;
        section.role = static_cast<SectionRole>(role);
        section.body = section.start + heading;
        section.end = section.body + own;
        last = section.start;
        if (i > 0) {
            const Section& parent = document.sections[static_cast<std::size_t>(section.parent)];
            section.level = parent.level + 1;
            section.trail = parent.trail;
            if (!section.heading.empty()) section.trail.push_back(section.heading);
            if (section.level > 64) return false;
        }
        document.sections.push_back(std::move(section));
    }
    return !in.failed() && count > 0;
}

bool unpack_places(Unpacker& in, ReadDocument& document) {
    const std::size_t count = in.count(35);
    std::size_t last = 0;
    document.places.reserve(count);
    for (std::size_t i = 0; i < count && !in.failed(); ++i) {
        extract::Place place;
        place.start = in.number();
        const std::size_t size = in.number();
        place.page = in.small();
        place.box = {in.real(), in.real(), in.real(), in.real()};
        if (place.start < last || place.start > document.text.size() ||
            size > document.text.size() - place.start)
            return false;
        place.end = place.start + size;
        last = place.start;
        document.places.push_back(place);
    }
    return !in.failed();
}

bool unpack_document(Unpacker& in, ReadDocument& document) {
    document.format = in.text();
    const auto attributes = json::parse(in.text());
    if (!attributes) return false;
    document.attributes = attributes_from(*attributes);
    document.stated.id = in.text();
    document.stated.replaced_by = in.text();
    document.stated.wording_from = date_value(in.text());
    document.stated.superseded = in.number() != 0;
    document.text = in.text();
    document.warnings = in.texts();
    document.pages = in.small();
    document.page_width = in.real();
    document.page_height = in.real();
    return unpack_sections(in, document) && unpack_places(in, document);
}

// A regular file, itself and not a link, somewhere below the workspace.
bool lies_in(const std::filesystem::path& file, const std::filesystem::path& workspace) {
    std::error_code problem;
    const auto status = std::filesystem::symlink_status(file, problem);
    if (problem || !std::filesystem::is_regular_file(status)) return false;
    const auto real_file = std::filesystem::canonical(file, problem);
    if (problem) return false;
    const auto real_workspace = std::filesystem::canonical(workspace, problem);
    if (problem) return false;
    const auto relative = real_file.lexically_relative(real_workspace);
    return !relative.empty() && *relative.begin() != "..";
}

Failure unpack_error(Unpacker& in) {
    const std::uint64_t code = in.number();
    Error error{.message = in.text(), .where = in.text(), .advice = in.text()};
    if (in.failed() || code > static_cast<std::uint64_t>(ErrorCode::internal)) return nonsense();
    error.code = static_cast<ErrorCode>(code);
    return Failure(std::move(error));
}

std::string member(const json::Value& value, std::string_view name) {
    const json::Value* found = value.find(name);
    const std::string* text = found == nullptr ? nullptr : found->as_string();
    return text == nullptr ? std::string{} : *text;
}

}  // namespace

std::string write_request(const ReadRequest& request) {
    json::Value value = json::Value::object();
    value["path"] = request.path;
    value["name"] = request.name;
    value["workspace"] = request.workspace;
    return json::write(value);
}

Result<ReadRequest> read_request(std::string_view text) {
    const json::Value value = TRY(json::parse(text));
    return ReadRequest{member(value, "path"), member(value, "name"), member(value, "workspace")};
}

std::string write_answer(const Result<FileReader::Outcome>& answer) {
    Packer out;
    if (!answer) {
        out.tag(error_tag);
        out.number(static_cast<std::uint64_t>(answer.error().code));
        for (const std::string* text :
             {&answer.error().message, &answer.error().where, &answer.error().advice})
            out.text(*text);
        return out.take();
    }
    out.tag(document_tag);
    pack_document(out, answer->document);
    out.number(answer->files.size());
    for (const extract::EmbeddedFile& file : answer->files) {
        out.text(file.name);
        out.text(file.path.string());
    }
    return out.take();
}

Result<FileReader::Outcome> read_answer(std::string_view bytes, const std::filesystem::path& workspace) {
    Unpacker in(bytes);
    const char tag = in.tag();
    if (tag == error_tag) return unpack_error(in);
    if (tag != document_tag) return nonsense();
    FileReader::Outcome outcome;
    if (!unpack_document(in, outcome.document)) return nonsense();
    const std::size_t files = in.count(2);
    for (std::size_t i = 0; i < files; ++i) {
        extract::EmbeddedFile file;
        file.name = in.text();
        file.path = in.text();
        if (in.failed() || !lies_in(file.path, workspace)) return nonsense();
        outcome.files.push_back(std::move(file));
    }
    if (in.failed() || !in.at_end()) return nonsense();
    return outcome;
}

}  // namespace kansli::documents::detail
