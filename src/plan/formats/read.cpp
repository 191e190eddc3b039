#include "plan/formats/read.hpp"

#include "core/ascii.hpp"
#include "plan/formats/readers.hpp"

namespace kansli::plan::formats {

Result<Format> format_of(std::string_view text) {
    const auto has = [text](std::string_view mark) { return text.find(mark) != std::string_view::npos; };
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return fail(ErrorCode::invalid_input, "Filen är tom.");
    if (text[begin] == '{') return has("\"required_caregivers\"") ? Format::mankowska : Format::kansli;
    if (has("param t_ij")) return Format::bredstrom;
    if (has("NODE_COORD_SECTION") || has("DIMENSION")) return Format::cvrplib;
    if (to_lower_ascii(text.substr(0, 4096)).find("vehicle") != std::string::npos) return Format::solomon;
    return fail(ErrorCode::unsupported, "Filens format går inte att känna igen.", {},
                "Ange --format: solomon, cvrplib, kansli, mankowska eller bredstrom.");
}

Result<Instance> read_instance(std::string_view text, std::optional<Format> format, Objective objective) {
    switch (format ? *format : TRY(format_of(text))) {
        case Format::solomon:
            return read_solomon(text, objective);
        case Format::cvrplib:
            return read_cvrplib(text, objective);
        case Format::kansli:
            return read_kansli(text);
        case Format::mankowska:
        case Format::bredstrom:
            break;
    }
    return fail(ErrorCode::unsupported, "Filen är en dag i hemtjänsten och inte rutter för fordon.");
}

}  // namespace kansli::plan::formats
