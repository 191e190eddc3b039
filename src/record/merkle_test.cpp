#include "record/detail/merkle.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli;
using namespace kansli::record::detail;

namespace {

// The digests of "0", "1", "2" …
std::vector<Digest> digests(std::size_t count) {
    Sha256 sha;
    std::vector<Digest> all;
    for (std::size_t i = 0; i < count; ++i) {
        sha.update(std::to_string(i));
        all.push_back(sha.finish_bytes());
    }
    return all;
}

std::string root_of(std::size_t count) {
    MerkleTree tree;
    for (const auto& digest : digests(count))
        tree.add(digest);
    return hex_text(tree.root());
}

}  // namespace

TEST_CASE("roots are those of RFC 9162, as a few lines of Python that follow its definition give them") {
    CHECK(root_of(0) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(root_of(1) == "13a77175e35eb1d9da91ee14df0d7772cea71289800206e2b45c882ecb06efbf");
    CHECK(root_of(2) == "bbb441530bdded54e6e2bfcdc829819ff39b30768eb9f023071dffc16b410f10");
    CHECK(root_of(3) == "8be871f13785b4c81a1700459c76ac2b3ae2caebb7876c376e223c6adff98c47");
    CHECK(root_of(7) == "5653c4ab2514ccd6ea4f0159702d2aba901f2562aa75abcff5a19e344bee038f");
}

TEST_CASE("every leaf's path leads to the root, and no other leaf, place, size or path does") {
    CHECK(rc::check([] {
        const auto size = *rc::gen::inRange<std::size_t>(1, 70);
        const auto index = *rc::gen::inRange<std::size_t>(0, size);
        const auto data = digests(size + 1);
        MerkleTree tree;
        for (std::size_t i = 0; i < size; ++i)
            tree.add(data[i]);
        const auto root = tree.root();
        const auto path = merkle_path(std::span(data).first(size), index);
        RC_ASSERT(root_of_path(data[index], index, size, path) == root);
        RC_ASSERT(root_of_path(data[size], index, size, path) != root);
        RC_ASSERT(root_of_path(data[index], size, size, path) == std::nullopt);
        const auto other = *rc::gen::inRange<std::size_t>(0, size);
        if (other != index) RC_ASSERT(root_of_path(data[index], other, size, path) != root);
        auto longer = path;
        longer.push_back(data[0]);
        RC_ASSERT(root_of_path(data[index], index, size, longer) != root);
        if (path.empty()) return;
        auto changed = path;
        changed[*rc::gen::inRange<std::size_t>(0, path.size())][0] ^= 1U;
        RC_ASSERT(root_of_path(data[index], index, size, changed) != root);
        changed.pop_back();
        RC_ASSERT(root_of_path(data[index], index, size, changed) != root);
    }));
}
