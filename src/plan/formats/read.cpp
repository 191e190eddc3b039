#include "plan/formats/read.hpp"

#include "core/ascii.hpp"
#include "plan/formats/readers.hpp"

namespace kansli::plan::formats {

namespace {

Result<Format> format_of(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return fail(ErrorCode::invalid_input, "Filen är tom.");
    if (text[begin] == '{') return Format::kansli;
    if (text.find("NODE_COORD_SECTION") != std::string_view::npos ||
        text.find("DIMENSION") != std::string_view::npos)
        return Format::cvrplib;
    if (to_lower_ascii(text.substr(0, 4096)).find("vehicle") != std::string::npos) return Format::solomon;
    return fail(ErrorCode::unsupported, "Filens format går inte att känna igen.", {},
                "Ange --format: solomon, cvrplib eller kansli.");
}

}  // namespace

Result<Instance> read_instance(std::string_view text, std::optional<Format> format, Objective objective) {
    switch (format ? *format : TRY(format_of(text))) {
        case Format::solomon:
            return read_solomon(text, objective);
        case Format::cvrplib:
            return read_cvrplib(text, objective);
        case Format::kansli:
            break;
    }
    return read_kansli(text);
}

}  // namespace kansli::plan::formats
