#include "documents/detail/wire.hpp"

#include <bit>
#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include "text/language.hpp"

namespace kansli::documents::detail {

namespace {

constexpr char document_mark = 'D';
constexpr char error_mark = 'E';

// One description of the form serves both directions: `Packer` and `Unpacker` have the same member functions, and
// `describe` below walks a value with either.
class Packer {
  public:
    static constexpr bool packs = true;

    void number(std::uint64_t value) {
        while (value >= 0x80U) {
            bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
            value >>= 7U;
        }
        bytes_ += static_cast<char>(value);
    }
    void text(const std::string& value) {
        number(value.size());
        bytes_ += value;
    }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_{};
};

// Stops at the first thing that is not as it should be; everything after it reads as empty.
class Unpacker {
  public:
    static constexpr bool packs = false;

    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

    void number(std::uint64_t& value) {
        value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) return spoil();
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0) return;
        }
        spoil();
    }
    void text(std::string& value) {
        std::uint64_t size = 0;
        number(size);
        if (size > rest_.size()) return spoil();
        value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        if (!text::is_valid_utf8(value)) spoil();
    }
    // A list of `count` things needs at least as many bytes.
    [[nodiscard]] bool holds(std::uint64_t count) {
        if (count > rest_.size()) spoil();
        return sound_;
    }
    void spoil() {
        sound_ = false;
        rest_ = {};
    }
    [[nodiscard]] bool sound() const { return sound_; }
    [[nodiscard]] bool finished() const { return sound_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool sound_ = true;
};

template <typename Form, typename Number>
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
void describe(Form& form, Number& value) {
    // Signed numbers here are counts and ordinals from −1 up.
    if constexpr (Form::packs) {
        form.number(static_cast<std::uint64_t>(static_cast<std::int64_t>(value) + 1));
    } else {
        std::uint64_t raw = 0;
        form.number(raw);
        value = static_cast<Number>(static_cast<std::int64_t>(raw) - 1);
    }
}

template <typename Form>
void describe(Form& form, double& value) {
    if constexpr (Form::packs) {
        form.number(std::bit_cast<std::uint64_t>(value));
    } else {
        std::uint64_t raw = 0;
        form.number(raw);
        value = std::bit_cast<double>(raw);
    }
}

template <typename Form>
void describe(Form& form, std::string& value) {
    form.text(value);
}

template <typename Form>
void describe(Form& form, std::filesystem::path& value) {
    std::string text = value.string();
    form.text(text);
    if constexpr (!Form::packs) value = text;
}

template <typename Form>
void describe(Form& form, Date& value) {
    auto day = std::chrono::sys_days{value}.time_since_epoch().count() + 1'000'000;
    describe(form, day);
    if constexpr (!Form::packs) value = Date{std::chrono::sys_days{std::chrono::days{day - 1'000'000}}};
}

template <typename Form, typename Tag>
void describe(Form& form, Id<Tag>& value) {
    std::string text = value.str();
    form.text(text);
    if constexpr (!Form::packs) value = Id<Tag>(text);
}

template <typename Form, typename T>
void describe(Form& form, std::optional<T>& value) {
    bool there = value.has_value();
    describe(form, there);
    if constexpr (!Form::packs) {
        if (there) value.emplace();
    }
    if (there) describe(form, *value);
}

template <typename Form, typename T>
void describe(Form& form, std::vector<T>& values) {
    std::uint64_t count = values.size();
    form.number(count);
    if constexpr (!Form::packs) {
        if (!form.holds(count)) return;
        values.resize(count);
    }
    for (T& value : values)
        describe(form, value);
}

template <typename Form, typename... Members>
void describe_all(Form& form, Members&... members) {
    (describe(form, members), ...);
}

template <typename Form>
void describe(Form& form, Attributes& value) {
    describe_all(form, value.title, value.kind, value.owner, value.source, value.reference,
                 value.information_class, value.access, value.valid_from, value.valid_to, value.replaced_by);
}

template <typename Form>
void describe(Form& form, Stated& value) {
    describe_all(form, value.id, value.replaced_by, value.wording_from, value.superseded);
}

template <typename Form>
void describe(Form& form, Section& value) {
    describe_all(form, value.ordinal, value.parent, value.level, value.path, value.heading, value.trail,
                 value.start, value.body, value.end, value.role);
}

// Boxes are kept to a hundredth of a point, which is finer than any printer.
template <typename Form>
void describe_length(Form& form, double& length) {
    constexpr double hundredths = 100;
    auto rounded = static_cast<std::int64_t>(length * hundredths + (length < 0 ? -0.5 : 0.5)) + 100'000'000;
    describe(form, rounded);
    if constexpr (!Form::packs) length = static_cast<double>(rounded - 100'000'000) / hundredths;
}

template <typename Form>
void describe(Form& form, extract::Place& value) {
    describe_all(form, value.start, value.end, value.page);
    describe_length(form, value.box.left);
    describe_length(form, value.box.top);
    describe_length(form, value.box.right);
    describe_length(form, value.box.bottom);
}

template <typename Form>
void describe(Form& form, extract::EmbeddedFile& value) {
    describe_all(form, value.name, value.path);
}

template <typename Form>
void describe(Form& form, FileReader::Outcome& value) {
    auto& document = value.document;
    describe_all(form, document.format, document.attributes, document.stated, document.text,
                 document.sections, document.places, document.warnings, document.pages, document.page_width,
                 document.page_height, value.files);
}

template <typename Form>
void describe(Form& form, Error& value) {
    describe_all(form, value.code, value.message, value.where, value.advice);
}

Failure nonsense() {
    return fail(ErrorCode::corrupt, "Läsprocessen svarade med något obegripligt.", {}, "Försök igen.");
}

// Offsets lie in the text and in order, parents come before their children.
bool holds_together(const ReadDocument& document) {
    const auto size = document.text.size();
    std::size_t start = 0;
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
        const Section& section = document.sections[i];
        const bool placed = section.ordinal == static_cast<int>(i) && section.parent < section.ordinal &&
                            section.parent >= -1;
        const bool ordered =
            section.start >= start && section.start <= section.body && section.body <= section.end;
        if (!placed || !ordered || section.end > size) return false;
        start = section.start;
    }
    std::size_t last = 0;
    for (const auto& place : document.places) {
        if (place.start < last || place.end < place.start || place.end > size) return false;
        last = place.start;
    }
    return !document.sections.empty() && document.attributes.kind <= DocumentKind::other &&
           document.attributes.information_class <= access::InformationClass::secret;
}

}  // namespace

std::string pack(const FileReader::Outcome& outcome) {
    Packer packer;
    FileReader::Outcome copy = outcome;
    describe(packer, copy);
    return document_mark + packer.take();
}

std::string pack(const Error& error) {
    Packer packer;
    Error copy = error;
    describe(packer, copy);
    return error_mark + packer.take();
}

Result<FileReader::Outcome> unpack(std::string_view bytes) {
    if (bytes.empty()) return nonsense();
    Unpacker unpacker(bytes.substr(1));
    if (bytes.front() == error_mark) {
        Error error;
        describe(unpacker, error);
        if (!unpacker.finished() || error.code > ErrorCode::internal) return nonsense();
        return Failure(std::move(error));
    }
    FileReader::Outcome outcome;
    describe(unpacker, outcome);
    if (bytes.front() != document_mark || !unpacker.finished() || !holds_together(outcome.document))
        return nonsense();
    return outcome;
}

}  // namespace kansli::documents::detail
