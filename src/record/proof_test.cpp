#include "record/proof.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "json/value.hpp"
#include "record/test_folder.hpp"

using namespace kansli;
using namespace kansli::record;
using namespace kansli::record::test;

TEST_CASE("a proof holds by itself, with content and without") {
    Folder folder(9);
    const auto with = write_proof(folder.checkpoints.prove(4, true, noon).value());
    const auto proof = check_proof(with);
    REQUIRE(proof.has_value());
    CHECK(proof->entry.number == 4);
    CHECK(proof->entry.content == folder.record.entry(4)->content);
    CHECK(proof->checkpoint.number == 10);
    CHECK(proof->path.size() == 4);

    const auto without = write_proof(folder.checkpoints.prove(4, false, noon).value());
    CHECK(check_proof(without).has_value());
    CHECK_FALSE(has(without, "antal"));
    CHECK_FALSE(has(without, "salt"));
    CHECK(check_proof(without, *folder.checkpoints.public_key()).has_value());
    CHECK(check_proof(without, SigningKey::generate().public_key()).error().code == ErrorCode::corrupt);
}

TEST_CASE("an entry that no checkpoint covers yet gets one") {
    Folder folder(2);
    CHECK(folder.checkpoints.prove(1, true, noon)->checkpoint.number == 3);
    folder.add(4, 5);
    CHECK(folder.checkpoints.prove(2, true, noon)->checkpoint.number == 3);
    CHECK(folder.checkpoints.prove(5, true, noon)->checkpoint.number == 5);
    CHECK(folder.record.verify()->checkpoints == 2);
}

TEST_CASE("old and emptied entries are proved as far as they can be") {
    Folder folder(3, 2);
    folder.remove(3);
    CHECK(check_proof(write_proof(folder.checkpoints.prove(1, true, noon).value())).has_value());
    CHECK(folder.checkpoints.prove(1, false, noon).error().code == ErrorCode::unsupported);
    CHECK(check_proof(write_proof(folder.checkpoints.prove(3, false, noon).value())).has_value());
    CHECK(folder.checkpoints.prove(3, true, noon).error().code == ErrorCode::conflict);
    CHECK(folder.checkpoints.prove(99, true, noon).error().code == ErrorCode::not_found);
}

TEST_CASE("a proof in which any value has been changed does not hold") {
    Folder folder(12, 3);
    CHECK(rc::check([&] {
        const auto number = *rc::gen::inRange(1, 16);
        const bool with_content = number <= 3 || *rc::gen::arbitrary<bool>();
        auto text = write_proof(folder.checkpoints.prove(number, with_content, noon).value());
        RC_ASSERT(check_proof(text).has_value());
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        const auto before = json::parse(text).value();
        switch (*rc::gen::inRange(0, 3)) {
            case 0:
                text.erase(at, 1);
                break;
            case 1:
                text.insert(at, 1, *rc::gen::arbitrary<char>());
                break;
            default:
                text[at] = *rc::gen::arbitrary<char>();
        }
        const auto after = json::parse(text);
        // White space between the values is free.
        RC_PRE(!after || !(*after == before));
        RC_ASSERT_FALSE(check_proof(text).has_value());
    }));
}

TEST_CASE("what is no proof is said to be none") {
    CHECK(check_proof("").error().code == ErrorCode::invalid_input);
    CHECK(check_proof("{}").error().code == ErrorCode::invalid_input);
}
