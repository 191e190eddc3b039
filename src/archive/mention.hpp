#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kansli::archive {

// A place in a text where somebody or something is mentioned.
struct Mention {
    std::size_t start = 0;  // bytes
    std::size_t end = 0;

    friend bool operator==(const Mention&, const Mention&) = default;
};

// Looks for one person, case or expression in texts. What is sought decides how:
//     a personal identity number   in every written form: "850312-2387", "198503122387", "19850312 2387"
//     a name                       in its forms: "Rut Åkesson", "Rut Åkessons", "Åkesson, Rut"; a name of one word as that word
//     anything else                its words in a row, whatever the case of their letters
// Threads: any.
class Sought {
  public:
    explicit Sought(std::string_view what);

    [[nodiscard]] std::vector<Mention> in(std::string_view text) const;
    // False only when it is certain that the text does not mention it. Many times faster than looking for it: it looks at bytes.
    [[nodiscard]] bool may_be_in(std::string_view text) const;
    [[nodiscard]] bool is_in(std::string_view text) const { return !in(text).empty(); }
    [[nodiscard]] bool is_number() const { return !number_.empty(); }

  private:
    std::string number_{};              // ten digits
    std::vector<std::string> words_{};  // folded
    std::string letters_{};             // the longest run of a–z and digits in one of them
};

}  // namespace kansli::archive
