#include "search/detail/vectors.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace kansli::search::detail {

namespace {

constexpr float largest = 127;
constexpr float of_headings = 0.3F;
constexpr std::size_t telling_bytes_of_body = 1000;  // a long section says in the beginning what it is about
constexpr std::size_t most_tables = 64;

// The scan of an index is this sum over and over. Blocks of a length that is known when it is compiled become vector instructions:
// those that every x86-64 processor has, and the twice as wide ones where the machine has them.
[[gnu::always_inline]] inline std::int32_t sum_of_products(const std::int8_t* a, const std::int8_t* b,
                                                           std::size_t size) {
    constexpr std::size_t block = 64;
    std::int32_t sum = 0;
    std::size_t at = 0;
    for (; at + block <= size; at += block) {
        std::int32_t part = 0;
        for (std::size_t in_block = 0; in_block < block; ++in_block)
            part += std::int16_t{a[at + in_block]} * std::int16_t{b[at + in_block]};
        sum += part;
    }
    for (; at < size; ++at)
        sum += std::int32_t{a[at]} * std::int32_t{b[at]};
    return sum;
}

using Product = std::int32_t (*)(const std::int8_t*, const std::int8_t*, std::size_t);

std::int32_t product_anywhere(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
    return sum_of_products(a, b, size);
}

#ifdef __x86_64__
[[gnu::target("avx2")]] std::int32_t product_with_avx2(const std::int8_t* a, const std::int8_t* b,
                                                       std::size_t size) {
    return sum_of_products(a, b, size);
}
#endif

Product fastest_product() {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2")) return product_with_avx2;
#endif
    return product_anywhere;
}

std::string_view beginning(std::string_view text) {
    auto size = std::min(text.size(), telling_bytes_of_body);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.substr(0, size);
}

}  // namespace

SmallNumbers to_small(std::span<const float> vector) {
    SmallNumbers numbers;
    numbers.reserve(vector.size());
    for (const float number : vector)
        numbers.push_back(static_cast<std::int8_t>(std::lround(std::clamp(number, -1.0F, 1.0F) * largest)));
    return numbers;
}

float nearness(std::span<const std::int8_t> a, std::span<const std::int8_t> b) {
    static const auto product = fastest_product();
    return static_cast<float>(product(a.data(), b.data(), a.size())) / (largest * largest);
}

std::string section_vector(const model::StaticEmbedding& embedding, std::string_view title,
                           const documents::Section& section, std::string_view body) {
    std::string headings(title);
    for (const auto& heading : section.trail)
        headings += ' ' + heading;
    auto vector = embedding.embed(beginning(body));
    const auto above = embedding.embed(headings);
    for (std::size_t at = 0; at < vector.size(); ++at)
        vector[at] += of_headings * above[at];
    const float length = std::sqrt(model::similarity(vector, vector));
    if (length == 0) return {};
    for (float& number : vector)
        number /= length;
    const auto small = to_small(vector);
    return {reinterpret_cast<const char*>(small.data()), small.size()};
}

VectorTable::VectorTable(const Xapian::Database& shard, std::size_t dimensions) : dimensions_(dimensions) {
    rows_.resize(std::size_t{shard.get_lastdocid()} + 1);
    std::uint32_t rows = 0;
    const auto end = shard.valuestream_end(vector_slot);
    for (auto at = shard.valuestream_begin(vector_slot); at != end; ++at) {
        const std::string bytes = *at;
        if (bytes.size() != dimensions) continue;
        rows_[at.get_docid()] = ++rows;
        const auto* numbers = reinterpret_cast<const std::int8_t*>(bytes.data());
        numbers_.insert(numbers_.end(), numbers, numbers + bytes.size());
    }
}

std::span<const std::int8_t> VectorTable::of(Xapian::docid document) const {
    if (document >= rows_.size() || rows_[document] == 0) return {};
    return std::span(numbers_).subspan((rows_[document] - 1) * dimensions_, dimensions_);
}

std::shared_ptr<const VectorTable> VectorTables::of(const OpenShard& shard) {
    {
        const std::scoped_lock lock(mutex_);
        const auto found = known_.find(shard.identity);
        if (found != known_.end() && found->second.revision == shard.revision) return found->second.table;
    }
    auto table = std::make_shared<const VectorTable>(shard.database, dimensions_);
    const std::scoped_lock lock(mutex_);
    if (known_.size() >= most_tables) known_.clear();
    known_[shard.identity] = {shard.revision, table};
    return table;
}

}  // namespace kansli::search::detail
