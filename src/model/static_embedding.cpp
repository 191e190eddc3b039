#include "model/static_embedding.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "core/check.hpp"
#include "text/language.hpp"

namespace kansli::model {

static_assert(std::endian::native == std::endian::little, "The file has the byte order of x86 and ARM.");

namespace {

constexpr std::string_view magic = "KSE1";
constexpr float largest_number = 127;
constexpr std::size_t most_pieces = 1'000'000;

// Sums of products of factors between these are neither zero nor infinite.
constexpr float smallest_factor = 1e-9F;
constexpr float largest_factor = 1e9F;

bool is_factor(float factor) {
    return factor == 0 || (factor >= smallest_factor && factor <= largest_factor);
}

template <typename Number>
void put(std::string& bytes, Number number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// Takes numbers and texts from the beginning of bytes; once they run out it gives zeros and says so.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <typename Number>
    Number number() {
        std::array<char, sizeof(Number)> taken{};
        std::ranges::copy(text(taken.size()), taken.begin());
        return std::bit_cast<Number>(taken);
    }

    std::string_view text(std::size_t size) {
        if (size > bytes_.size()) {
            whole_ = false;
            return {};
        }
        const auto taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }

    [[nodiscard]] bool is_whole() const { return whole_; }
    [[nodiscard]] bool is_at_end() const { return whole_ && bytes_.empty(); }

  private:
    std::string_view bytes_;
    bool whole_ = true;
};

Failure not_an_embedding() {
    return fail(ErrorCode::corrupt, "Filen är ingen ordmodell, eller så är den skadad.", {},
                "Träna om modellen med kansli model train-embedding.");
}

// The same word is cut once in a thread; a full memory is emptied.
const std::vector<std::uint32_t>& remembered_pieces(const std::string& folded, const WordPieces& pieces) {
    constexpr std::size_t most_remembered = 50'000;
    thread_local std::uint64_t whose = 0;  // no vocabulary has this identity
    thread_local std::unordered_map<std::string, std::vector<std::uint32_t>> memory;
    if (whose != pieces.identity() || memory.size() > most_remembered) {
        memory.clear();
        whose = pieces.identity();
    }
    const auto [place, is_new] = memory.try_emplace(folded);
    if (is_new && !text::is_stop_word(folded)) pieces.cut(text::stem(folded), place->second);
    return place->second;
}

}  // namespace

StaticEmbedding::StaticEmbedding(WordPieces pieces, std::size_t dimensions, std::span<const float> rows)
    : pieces_(std::move(pieces)), dimensions_(dimensions) {
    CHECK_INVARIANT(dimensions > 0 && dimensions <= most_dimensions);
    CHECK_INVARIANT(rows.size() == pieces_.pieces().size() * dimensions);
    for (std::size_t row = 0; row < pieces_.pieces().size(); ++row) {
        const auto numbers = rows.subspan(row * dimensions, dimensions);
        float most = 0;
        for (const float number : numbers)
            most = std::max(most, std::abs(number));
        const float factor = most / largest_number;
        factors_.push_back(is_factor(factor) ? factor : 0);
        for (const float number : numbers)
            numbers_.push_back(
                static_cast<std::int8_t>(factors_.back() > 0 ? std::lround(number / factor) : 0));
    }
}

Result<StaticEmbedding> StaticEmbedding::read(std::string_view bytes) {
    Reader reader(bytes);
    if (reader.text(magic.size()) != magic) return not_an_embedding();
    const auto dimensions = reader.number<std::uint32_t>();
    const auto count = reader.number<std::uint32_t>();
    if (!reader.is_whole() || dimensions == 0 || dimensions > most_dimensions || count > most_pieces)
        return not_an_embedding();
    std::vector<std::string> names;
    for (std::uint32_t piece = 0; piece < count && reader.is_whole(); ++piece)
        names.emplace_back(reader.text(reader.number<std::uint8_t>()));
    StaticEmbedding embedding(WordPieces(std::move(names)), dimensions);
    for (std::uint32_t piece = 0; piece < count && reader.is_whole(); ++piece) {
        embedding.factors_.push_back(reader.number<float>());
        const auto row = reader.text(dimensions);
        for (const char number : row)
            embedding.numbers_.push_back(std::bit_cast<std::int8_t>(number));
    }
    if (!reader.is_at_end() || !std::ranges::all_of(embedding.factors_, is_factor)) return not_an_embedding();
    return embedding;
}

std::string StaticEmbedding::write() const {
    std::string bytes(magic);
    put(bytes, static_cast<std::uint32_t>(dimensions_));
    put(bytes, static_cast<std::uint32_t>(pieces_.pieces().size()));
    for (const auto& name : pieces_.pieces()) {
        put(bytes, static_cast<std::uint8_t>(name.size()));
        bytes += name;
    }
    for (std::size_t row = 0; row < factors_.size(); ++row) {
        put(bytes, factors_[row]);
        for (std::size_t at = 0; at < dimensions_; ++at)
            bytes.push_back(std::bit_cast<char>(numbers_[row * dimensions_ + at]));
    }
    return bytes;
}

void StaticEmbedding::embed(std::string_view text, std::span<float> vector) const {
    CHECK_INVARIANT(vector.size() <= dimensions_);
    std::ranges::fill(vector, 0.0F);
    for (const auto& token : text::words(text)) {
        for (const auto piece : remembered_pieces(token.folded, pieces_)) {
            const float factor = factors_[piece];
            const std::int8_t* row = numbers_.data() + piece * dimensions_;
            for (std::size_t at = 0; at < vector.size(); ++at)
                vector[at] += factor * static_cast<float>(row[at]);
        }
    }
    const float length = std::sqrt(similarity(vector, vector));
    if (length == 0) return;  // no words, or pieces that take each other out
    for (float& number : vector)
        number /= length;
}

std::vector<float> StaticEmbedding::embed(std::string_view text) const {
    std::vector<float> vector(dimensions_);
    embed(text, vector);
    return vector;
}

std::vector<std::uint32_t> pieces_of(std::string_view text, const WordPieces& pieces) {
    std::vector<std::uint32_t> all;
    for (const auto& token : text::words(text)) {
        const auto& of_word = remembered_pieces(token.folded, pieces);
        all.insert(all.end(), of_word.begin(), of_word.end());
    }
    return all;
}

float similarity(std::span<const float> a, std::span<const float> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

}  // namespace kansli::model
