#include "documents/attributes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "access/read_rule.hpp"
#include "core/toml.hpp"
#include "documents/detail/words.hpp"
#include "text/language.hpp"

namespace kansli::documents {

using detail::date_in;
using detail::day_before;
using detail::trimmed;

namespace {

enum class Field : std::uint8_t {
    title,
    kind,
    owner,
    source,
    information_class,
    access,
    secrecy,
    valid_from,
    valid_to,
    replaced_by,
    reference,
    sfs,
    status,
    note,
    id,
    wording_from,
};

struct FieldName {
    std::string_view name;
    Field field;
};

// Without dots and rings: TOML allows no others in bare keys, and people leave them out.
constexpr std::array field_names{
    FieldName{"titel", Field::title},
    FieldName{"title", Field::title},
    FieldName{"rubrik", Field::title},
    FieldName{"typ", Field::kind},
    FieldName{"kind", Field::kind},
    FieldName{"dokumenttyp", Field::kind},
    FieldName{"agare", Field::owner},
    FieldName{"owner", Field::owner},
    FieldName{"namnd", Field::owner},
    FieldName{"forvaltning", Field::owner},
    FieldName{"dokumentagare", Field::owner},
    FieldName{"kalla", Field::source},
    FieldName{"source", Field::source},
    FieldName{"url", Field::source},
    FieldName{"klass", Field::information_class},
    FieldName{"informationsklass", Field::information_class},
    FieldName{"information_class", Field::information_class},
    FieldName{"class", Field::information_class},
    FieldName{"atkomst", Field::access},
    FieldName{"access", Field::access},
    FieldName{"behorighet", Field::access},
    FieldName{"sekretess", Field::secrecy},
    FieldName{"secrecy", Field::secrecy},
    FieldName{"sekretessbestammelse", Field::secrecy},
    FieldName{"galler_fran", Field::valid_from},
    FieldName{"giltig_fran", Field::valid_from},
    FieldName{"valid_from", Field::valid_from},
    FieldName{"ikraft", Field::valid_from},
    FieldName{"ikrafttradande", Field::valid_from},
    FieldName{"galler_till", Field::valid_to},
    FieldName{"giltig_till", Field::valid_to},
    FieldName{"valid_to", Field::valid_to},
    FieldName{"upphavd", Field::valid_to},
    FieldName{"ersatts_av", Field::replaced_by},
    FieldName{"ersatt_av", Field::replaced_by},
    FieldName{"replaced_by", Field::replaced_by},
    FieldName{"beteckning", Field::reference},
    FieldName{"reference", Field::reference},
    FieldName{"diarienummer", Field::reference},
    FieldName{"dnr", Field::reference},
    FieldName{"sfs", Field::sfs},
    FieldName{"sfs_nummer", Field::sfs},
    FieldName{"status", Field::status},
    FieldName{"note", Field::note},
    FieldName{"anmarkning", Field::note},
    FieldName{"id", Field::id},
    FieldName{"pid", Field::id},
    FieldName{"snapshot_date", Field::wording_from},
    FieldName{"konsoliderad", Field::wording_from},
    FieldName{"lydelse_fran", Field::wording_from},
    FieldName{"consolidated", Field::wording_from},
};

std::string without_dots(std::string_view folded) {
    std::string plain;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const std::string_view letter = folded.substr(i, 2);
        const bool a = letter == "å" || letter == "ä";
        if (!a && letter != "ö") {
            plain += folded[i];
            continue;
        }
        plain += a ? 'a' : 'o';
        ++i;
    }
    return plain;
}

std::string plain_key(std::string_view key) {
    std::string name = without_dots(text::fold(key));
    std::ranges::replace(name, ' ', '_');
    std::ranges::replace(name, '-', '_');
    return name;
}

std::optional<Field> field_of(std::string_view key) {
    const std::string name = plain_key(key);
    for (const FieldName& entry : field_names) {
        if (entry.name == name) return entry.field;
    }
    return std::nullopt;
}

// The key that was meant by one with a typing error: "åtkmst" would otherwise open what it should close. Short keys are near too many words.
std::optional<std::string_view> meant_key(std::string_view key) {
    constexpr std::size_t shortest = 5;
    const std::string name = plain_key(key);
    for (const FieldName& entry : field_names) {
        if (entry.name.size() >= shortest && detail::one_slip_apart(name, entry.name)) return entry.name;
    }
    return std::nullopt;
}

std::optional<access::InformationClass> class_of(std::string_view value) {
    using access::InformationClass;
    static constexpr std::array<std::pair<std::string_view, InformationClass>, 9> names{{
        {"open", InformationClass::open},
        {"öppen", InformationClass::open},
        {"publik", InformationClass::open},
        {"internal", InformationClass::internal},
        {"intern", InformationClass::internal},
        {"confidential", InformationClass::confidential},
        {"konfidentiell", InformationClass::confidential},
        {"secret", InformationClass::secret},
        {"hemlig", InformationClass::secret},
    }};
    const std::string folded = text::fold(value);
    for (const auto& [name, level] : names) {
        if (name == folded) return level;
    }
    // The word of the Public Access and Secrecy Act for everything that is not open.
    if (folded == "sekretess" || folded == "skyddad") return InformationClass::confidential;
    return std::nullopt;
}

// "förvaltning: Socialförvaltningen" and "person: rut" as access lists write them; anything else is a group.
std::string principal_of(std::string_view name) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return std::string(name);
    const std::string kind = text::fold(trimmed(name.substr(0, colon)));
    const std::string_view whom = trimmed(name.substr(colon + 1));
    for (const std::string_view word : {"department", "förvaltning", "avdelning", "nämnd"})
        if (kind == word) return access::department_principal(whom);
    if (kind == "person") return "person:" + std::string(whom);
    return std::string(name);
}

access::AccessList groups_of(std::string_view value) {
    access::AccessList groups;
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find_first_of(",;"), value.size());
        std::string_view name = trimmed(value.substr(0, comma));
        while (!name.empty() && std::string_view("[]\"'").find(name.front()) != std::string_view::npos)
            name.remove_prefix(1);
        while (!name.empty() && std::string_view("[]\"'").find(name.back()) != std::string_view::npos)
            name.remove_suffix(1);
        if (!name.empty()) groups.push_back(principal_of(name));
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return groups;
}

// Takes in one key and value after the other.
class MetadataReader {
  public:
    explicit MetadataReader(std::vector<std::string>& warnings) : warnings_(warnings) {}

    void take(std::string_view key, std::string_view raw) {
        const auto field = field_of(key);
        const std::string_view value = trimmed(raw);
        if (field && !value.empty()) set(*field, key, value);
        if (field) return;
        if (const auto meant = meant_key(key)) {
            warnings_.push_back(
                fmt::format("Uppgiften ”{}” är okänd och används inte; skrev du fel på ”{}”?", key, *meant));
        }
    }

    StatedAttributes finish() && {
        if (!note_.empty()) read_note();
        return std::move(result_);
    }

  private:
    void set(Field field, std::string_view key, std::string_view value) {
        Attributes& values = result_.values;
        switch (field) {
            case Field::title:
                values.title = value;
                return;
            case Field::kind:
                return set_kind(value);
            case Field::owner:
                values.owner = value;
                return;
            case Field::source:
                values.source = value;
                return;
            case Field::information_class:
                return set_class(value);
            case Field::access:
                values.access = groups_of(value);
                return;
            case Field::secrecy:
                return set_secrecy(value);
            case Field::valid_from:
                return set_date(values.valid_from, key, value);
            case Field::valid_to:
                return set_date(values.valid_to, key, value);
            case Field::replaced_by:
                result_.stated.replaced_by = value;
                return;
            case Field::reference:
                values.reference = value;
                return;
            case Field::sfs:
                return set_sfs(value);
            case Field::status:
                return set_status(value);
            case Field::note:
                note_ = value;
                return;
            case Field::id:
                result_.stated.id = value;
                return;
            case Field::wording_from:
                return set_wording(value);
        }
    }

    void set_kind(std::string_view value) {
        const auto kind = parse_document_kind(value);
        if (kind) {
            result_.values.kind = *kind;
        } else {
            warnings_.push_back(fmt::format("Dokumenttypen ”{}” är okänd.", value));
        }
    }

    // What cannot be understood is treated as the most sensitive that people write, so that a typing error opens nothing.
    void set_class(std::string_view value) {
        const auto level = class_of(value);
        if (!level)
            warnings_.push_back(
                fmt::format("Informationsklassen ”{}” är okänd; dokumentet behandlas som hemligt.", value));
        result_.values.information_class = level.value_or(access::InformationClass::secret);
        result_.has_class = true;
    }

    // "nej" and its like are no mark; "ja" is one without a provision.
    void set_secrecy(std::string_view value) {
        const std::string folded = text::fold(value);
        const bool none = folded == "nej" || folded == "ingen" || folded == "no" || folded == "none" ||
                          folded == "false" || folded == "öppen";
        if (none) return;
        const bool unnamed = folded == "ja" || folded == "yes" || folded == "true";
        result_.values.secrecy = unnamed ? unnamed_secrecy : value;
    }

    void set_date(std::optional<Date>& target, std::string_view key, std::string_view value) {
        const std::string folded = text::fold(value);
        if (folded == "tills vidare" || folded == "until further notice") return;
        target = read_date(value);
        if (!target)
            warnings_.push_back(
                fmt::format("”{}: {}” är ingen dag; skriv till exempel 2026-01-31.", key, value));
    }

    void set_sfs(std::string_view value) {
        result_.values.reference = value;
        result_.values.kind = DocumentKind::statute;
        // A statute is the same document whatever its file is called; an "id" of its own goes before.
        if (result_.stated.id.empty()) result_.stated.id = value;
    }

    void set_status(std::string_view value) {
        const std::string folded = text::fold(value);
        result_.stated.superseded = folded == "upphävd" || folded == "äldre lydelse" ||
                                    folded == "repealed" || folded == "superseded" || folded == "ersatt";
    }

    // Of two days that tell the wording, the later.
    void set_wording(std::string_view value) {
        const auto day = read_date(value);
        auto& known = result_.stated.wording_from;
        if (day && (!known || *known < *day)) known = day;
    }

    // "upphävd 2025-07-01, ersatt av socialtjänstlag (2025:400)", "lydelse före 2025-12-01".
    void read_note() {
        Attributes& values = result_.values;
        for (const std::string_view phrase : {"upphävd ", "upphävdes ", "lydelse före ", "lydelse till "}) {
            const auto day = date_in(note_, phrase);
            if (day && !values.valid_to) {
                values.valid_to = day_before(*day);
                result_.stated.superseded = true;
            }
        }
        static constexpr std::string_view replaced = "ersatt av ";
        if (const auto at = note_.find(replaced);
            at != std::string::npos && result_.stated.replaced_by.empty()) {
            result_.stated.replaced_by = trimmed(std::string_view(note_).substr(at + replaced.size()));
        }
    }

    std::vector<std::string>& warnings_;
    StatedAttributes result_{};
    std::string note_{};
};

}  // namespace

StatedAttributes read_metadata(const std::map<std::string, std::string>& metadata,
                               std::vector<std::string>& warnings) {
    MetadataReader reader(warnings);
    for (const auto& [key, value] : metadata)
        reader.take(key, value);
    return std::move(reader).finish();
}

Result<StatedAttributes> read_sidecar(std::string_view toml, std::string_view name,
                                      std::vector<std::string>& warnings) {
    const auto values = parse_toml(toml, name);
    if (!values) {
        // The report names the file that the sidecar belongs to.
        return fail(values.error().code, fmt::format("Sidofilen {}: {}", name, values.error().message),
                    std::string(name), values.error().advice);
    }
    MetadataReader reader(warnings);
    for (const auto& [key, list] : *values)
        reader.take(key, fmt::format("{}", fmt::join(list, ", ")));
    return std::move(reader).finish();
}

Attributes overlay(Attributes base, const Attributes& over) {
    const auto take = [](auto& target, const auto& value) {
        if (value != std::remove_cvref_t<decltype(value)>{}) target = value;
    };
    take(base.title, over.title);
    if (over.kind != DocumentKind::other) base.kind = over.kind;
    take(base.owner, over.owner);
    take(base.source, over.source);
    take(base.reference, over.reference);
    base.information_class = std::max(base.information_class, over.information_class);
    take(base.access, over.access);
    take(base.secrecy, over.secrecy);
    take(base.valid_from, over.valid_from);
    take(base.valid_to, over.valid_to);
    take(base.replaced_by, over.replaced_by);
    return base;
}

Stated overlay(Stated base, const Stated& over) {
    if (!over.id.empty()) base.id = over.id;
    if (!over.replaced_by.empty()) base.replaced_by = over.replaced_by;
    if (over.wording_from) base.wording_from = over.wording_from;
    base.superseded = base.superseded || over.superseded;
    return base;
}

}  // namespace kansli::documents
