#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The statutes and places in statutes that a Swedish text points at.
//
// Problem: "enligt 9 kap. 2, 4 a och 6-8 §§ samt 3 § första stycket 2 plan- och bygglagen (2010:900)" is five places, whose chapter and
// statute are written once; "trots 3 § samma kapitel" has to be read with what stood before; people type "PBL 9:4".
// Method: the words are read from left to right. A run of places that only commas, "och", "eller" and "samt" divide is one group: the
// chapter goes from one to the next, the statute is that named right after the group, or else right before it. What stands before the
// group in its sentence tells how the text is tied to it.
// Cost: linear in the text, but for the names of statutes.
namespace kansli::text {

// How the rule that holds a reference stands to what it points at.
enum class Tie : std::uint8_t {
    mentions,  // "bestämmelser om detta finns i 5 §": can be read without it
    applies,   // "enligt 3 §", "i de fall som avses i 5 §": is read together with it
    yields,    // "om inte annat följer av 10 §": steps aside for it
    adds,      // "utöver vad som sägs i 3 §": holds beside it
    exempts,   // "trots 2 §", "med undantag av 4 §": makes an exemption from it
};

// A place in a statute, or, without chapter, section and part, the statute itself where it is named.
struct Reference {
    std::size_t start =
        0;  // what is written for it, bytes of the text: "4 a" in "9 kap. 2, 4 a och 6 §§ PBL"
    std::size_t end = 0;
    std::string statute{};  // "2010:900", "2016/679"; empty: the statute that the text itself stands in
    std::string
        chapter{};  // "9", "19a"; empty: the chapter that the text stands in, or a statute without chapters
    std::string
        section{};  // "4", "8a"; the number of an article; empty: a whole chapter, or the section that the text stands in
    std::string last{};    // the last section of a range: "5" in "3-5 §§"
    int part = 0;          // which of the section's paragraphs ("stycke"), or of the article's
    std::string item{};    // "2", "2b", and "f" of an article
    bool article = false;  // of a regulation of the European Union
    Tie tie = Tie::mentions;

    [[nodiscard]] bool names_statute() const { return chapter.empty() && section.empty() && part == 0; }

    friend bool operator==(const Reference&, const Reference&) = default;
};

// All references of a text, in order. Any bytes are accepted. "9:4" is a place only beside the name of a statute: else it is a time.
[[nodiscard]] std::vector<Reference> references(std::string_view text);

// As it is written in running text: "9 kap. 4 a § andra stycket 2 lagen (2010:900)". What references() reads first in it is the same
// reference, but for where it stands and its tie.
[[nodiscard]] std::string to_string(const Reference& reference);

// The place as the documents' sections are called: "9 kap. 4 a §", "19 a kap.", "3 §"; empty when it has none.
[[nodiscard]] std::string path_of(const Reference& reference);

}  // namespace kansli::text
