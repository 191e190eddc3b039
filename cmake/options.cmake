# Compiler and linker settings that every target shares.
add_library(kansli_options INTERFACE)
target_include_directories(kansli_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(kansli_options INTERFACE SPDLOG_FMT_EXTERNAL KANSLI_VERSION="${PROJECT_VERSION}")
target_compile_options(kansli_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside its own headers for correct code once it inlines deeply.
  target_compile_options(kansli_options INTERFACE -Wno-error=maybe-uninitialized -Wno-error=restrict
    -Wno-error=dangling-pointer -Wno-error=stringop-overflow -Wno-error=array-bounds -Wno-error=free-nonheap-object -Wno-error=mismatched-new-delete)
  if(CMAKE_UNITY_BUILD)
    # Warns of anonymous namespaces in included files, which the sources of a unity build are.
    target_compile_options(kansli_options INTERFACE -Wno-subobject-linkage)
  endif()
else()
  # libstdc++ 12 calls its own std::get_temporary_buffer in stable_sort.
  target_compile_options(kansli_options INTERFACE -Wno-error=deprecated-declarations)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_definitions(kansli_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(KANSLI_SANITIZE)
  target_compile_options(kansli_options INTERFACE -fsanitize=${KANSLI_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)  # otherwise undefined behaviour is only printed, and the test passes
  target_link_options(kansli_options INTERFACE -fsanitize=${KANSLI_SANITIZE})
endif()
if(KANSLI_HARDEN)
  target_compile_definitions(kansli_options INTERFACE _GLIBCXX_ASSERTIONS)
  target_compile_options(kansli_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
    -fstack-clash-protection -fcf-protection -fPIE)
  target_link_options(kansli_options INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
