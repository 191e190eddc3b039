// A municipality's own glossary: lines of expressions and terms, and questions with paragraphs. What was read is printed and read again.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.hpp"
#include "text/known_questions.hpp"
#include "text/lexicon.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kansli;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    text::Lexicon lexicon;
    for (const auto& entry : text::parse_lexicon(bytes).entries) {
        const auto again = text::parse_entry(text::print(entry));
        CHECK_INVARIANT(again.has_value());
        CHECK_INVARIANT(*again == entry);
        lexicon.add(entry);
    }
    const auto tokens = text::words(bytes.substr(0, 500));
    for (const auto& meaning : lexicon.meanings(tokens, std::chrono::year(2026) / 11 / 30))
        CHECK_INVARIANT(meaning.tokens.back() < tokens.size());
    (void)text::parse_known_questions(bytes);
    return 0;
}
