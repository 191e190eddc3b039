// What a model server could send: any bytes, in pieces whose length the first byte says. However they are cut they mean the same, and what
// comes of them as an answer is read as sentences or refused; a sentence that is shown is plain words.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>

#include "assistants/detail/plain_signs.hpp"
#include "assistants/wording.hpp"
#include "endpoints/detail/reply_reader.hpp"

namespace {

kansli::Result<kansli::endpoints::ChatReply> reply_of(std::string_view bytes, std::size_t piece) {
    const std::function<void(std::string_view)> nobody;
    kansli::endpoints::detail::ReplyReader reader(nobody);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        if (!reader.feed(bytes.substr(at, piece))) break;
    }
    return reader.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto whole = reply_of(bytes, std::max<std::size_t>(1, bytes.size()));
    const auto cut = reply_of(bytes, std::size_t{1} + data[0]);
    if (whole.has_value() != cut.has_value()) std::abort();
    if (!whole) return 0;
    if (whole->text != cut->text) std::abort();
    const auto sentences = kansli::assistants::read_wording(whole->text);
    if (!sentences) return 0;
    for (const auto& sentence : *sentences) {
        if (kansli::assistants::detail::fault_of(sentence.text)) continue;
        if (sentence.text != kansli::assistants::detail::visible_line(sentence.text)) std::abort();
    }
    return 0;
}
