//! Keys of other tools: what each of them means here, or that it means nothing. None of them stops a book.

/// What to write instead of a key in the metadata that pandoc, Quarto or a web site's generator has.
pub(super) fn metadata(key: &str) -> Option<&'static str> {
    Some(match key {
        "documentclass"
        | "classoption"
        | "template"
        | "header-includes"
        | "include-before"
        | "include-after"
        | "include-in-header"
        | "include-before-body"
        | "include-after-body"
        | "documentoptions"
        | "block-headings"
        | "pagestyle"
        | "hyperrefoptions"
        | "colorlinks"
        | "linkcolor"
        | "urlcolor"
        | "citecolor"
        | "filecolor"
        | "toccolor"
        | "links-as-notes"
        | "highlight-style"
        | "syntax-definition"
        | "code-block-bg"
        | "top-level-division" => "looks are a theme: see `theme:`",
        "format" | "output" | "pdf-engine" | "output-file" | "output-dir" | "filters" | "from" | "to" | "reader"
        | "writer" | "standalone" | "self-contained" | "embed-resources" | "variables" | "metadata" => {
            "name the files you want under `editions:`"
        }
        "geometry" | "margin-left" | "margin-right" | "margin-top" | "margin-bottom" | "papersize" | "fontsize"
        | "linestretch" | "indent" | "parskip" => {
            "write `paper`, `margins`, `size` and `leading` under an edition or in theme.yaml"
        }
        "mainfont" | "sansfont" | "monofont" | "mathfont" | "CJKmainfont" | "fontfamily" | "fontenc"
        | "mainfontoptions" | "sansfontoptions" | "monofontoptions" => {
            "write `fonts: {text: …, headings: …}` in theme.yaml"
        }
        "creator" | "creators" => "write `authors: [Ann Lee, Bob Ray]`",
        "institutions" => "write `affiliation:` beside an author's name",
        "link-bibliography" => "addresses in the list of works are always links",
        "reference-section-title" | "biblio-title" => {
            "write a section `kind: bibliography` with that title; the works are put at its end, or at ::: {#refs}"
        }
        "suppress-bibliography" => "choose a `csl` whose style has no list, or leave the section out of an edition",
        "biblio-style" | "biblatexoptions" | "natbiboptions" | "cite-method" => {
            "write `csl:` with the name of a style, such as apa or chicago-notes, or its file"
        }
        "citation-abbreviations" => "write the short form into the work: `shortjournal` or `container-title-short`",
        "citation" | "citeproc" => "works that are cited stand in `bibliography:` or `references:`",
        "css" | "stylesheet" | "epub-fonts" | "epub-stylesheet" | "html-math-method" => {
            "the e-book's looks come from the theme"
        }
        "epub-metadata" | "ibooks" | "belongs-to-collection" | "group-position" => {
            "write `series: {name: …, number: …}` and the other keys of the metadata"
        }
        "number-sections" | "numbersections" | "secnumdepth" | "number-depth" => {
            "the theme `report` numbers its headings"
        }
        "crossref" | "fig-cap-location" | "tbl-cap-location" | "reference-location" | "footnotes-hover" => {
            "figures, tables and notes are numbered and placed by the theme and `notes:`"
        }
        "institute" | "institution" | "affiliation" => {
            "write `publisher: {name: …}`, or `affiliation:` beside an author's name"
        }
        "thanks" | "acknowledgments" | "acknowledgements" => "write acknowledgements.md",
        "abstract-title" => "the abstract is called as its kind is in the book's language",
        "dedication" => "write dedication.md",
        "epigraph" => "write epigraph.md",
        "foreword" => "write foreword.md",
        "preface" => "write preface.md",
        "colophon" => "write colophon.md",
        "tags" | "categories" => "write `keywords: […]`",
        "license" | "licence" | "copyright" => "write `rights: {holder: …, licence: CC-BY-4.0}`",
        "doi" | "isbn" | "issn" => "write it under `identifiers:`",
        "editor"
        | "execute"
        | "jupyter"
        | "engine"
        | "knitr"
        | "project"
        | "book"
        | "website"
        | "author-title"
        | "date-format"
        | "published-title"
        | "lang-dir"
        | "dir"
        | "site"
        | "url"
        | "github-repo"
        | "favicon"
        | "repo-url"
        | "comments"
        | "code-fold"
        | "code-tools"
        | "layout"
        | "permalink"
        | "draft"
        | "df-print"
        | "theme-color"
        | "date-modified"
        | "image"
        | "listing"
        | "search"
        | "number-offset"
        | "shift-heading-level-by"
        | "csquotes"
        | "beamerarticle"
        | "aspectratio"
        | "slideNumber"
        | "params"
        | "freeze"
        | "prefer-html"
        | "keep-tex"
        | "keep-md"
        | "toc-location"
        | "toc-own-page"
        | "title-meta"
        | "author-meta"
        | "date-meta"
        | "pagetitle"
        | "title-prefix" => "it has no meaning here and can go",
        _ => return None,
    })
}

/// The same for a key of a section's front matter.
pub(super) fn section(key: &str) -> Option<&'static str> {
    Some(match key {
        "subtitle" | "date" | "description" | "keywords" | "tags" | "categories" | "abstract" | "subject"
        | "subjects" | "publisher" | "rights" | "license" | "licence" | "copyright" | "version" | "status"
        | "series" | "identifiers" | "identifier" | "doi" | "isbn" | "cover" | "cover-image" | "theme"
        | "contributors" | "revised" | "bibliography" | "csl" | "references" | "nocite" | "inherit" | "notes"
        | "contents" | "index" | "parts" | "words" | "allow" => {
            "it holds for the whole book: write it in metadata.yaml"
        }
        "layout"
        | "permalink"
        | "slug"
        | "url"
        | "aliases"
        | "redirect_from"
        | "weight"
        | "order"
        | "nav_order"
        | "position"
        | "sidebar"
        | "sidebar_position"
        | "sidebar_label"
        | "sidebar_class_name"
        | "sidebar_custom_props"
        | "pagination_next"
        | "pagination_prev"
        | "pagination_label"
        | "hide_title"
        | "hide_table_of_contents"
        | "toc_min_heading_level"
        | "toc_max_heading_level"
        | "custom_edit_url"
        | "displayed_sidebar"
        | "id"
        | "image"
        | "images"
        | "featured_image"
        | "thumbnail"
        | "excerpt"
        | "summary"
        | "comments"
        | "published"
        | "publishDate"
        | "expiryDate"
        | "lastmod"
        | "last_modified_at"
        | "last_update"
        | "updated"
        | "toc"
        | "toc-depth"
        | "menu"
        | "type"
        | "outputs"
        | "resources"
        | "cascade"
        | "params"
        | "parent"
        | "has_children"
        | "has_toc"
        | "nav_exclude"
        | "search_exclude"
        | "search"
        | "linkTitle"
        | "isCJKLanguage"
        | "markup"
        | "headless"
        | "videos"
        | "audio"
        | "author_profile"
        | "share"
        | "related"
        | "read_time"
        | "classes"
        | "collection"
        | "category"
        | "tag"
        | "mathjax"
        | "math"
        | "katex"
        | "mermaid"
        | "featured"
        | "pin"
        | "pinned"
        | "uuid"
        | "created"
        | "modified"
        | "cssclass"
        | "cssclasses"
        | "publish"
        | "alias"
        | "template"
        | "page"
        | "hero"
        | "robots"
        | "canonical_url"
        | "og_image" => "it has no meaning here and can go",
        _ => return metadata(key),
    })
}

/// The same for a person's keys.
pub(super) fn person(key: &str) -> Option<&'static str> {
    Some(match key {
        "corresponding" | "equal-contributor" | "deceased" | "degrees" | "note" | "acknowledgements" | "attributes"
        | "fax" | "phone" | "number" | "ref" | "id" | "metadata" | "funding" | "github" | "twitter" | "mastodon"
        | "linkedin" | "initials" | "funders" | "symbol" | "contributed" => {
            "what readers should know of a person stands in `bio:`"
        }
        "roles" => "write `role:`, one word",
        "institute" | "institution" | "department" | "organization" | "organisation" => "write `affiliation: …`",
        "website" | "homepage" | "web" | "link" => "write `url: …`",
        "image" | "picture" | "avatar" => "write `photo: …`",
        "about" | "description" | "biography" => "write `bio: …`",
        _ => return None,
    })
}

/// The same for an affiliation's keys.
pub(super) fn affiliation(key: &str) -> Option<&'static str> {
    matches!(
        key,
        "number"
            | "department"
            | "address"
            | "city"
            | "region"
            | "state"
            | "country"
            | "postal-code"
            | "url"
            | "isni"
            | "ringgold"
            | "fax"
            | "phone"
            | "group"
            | "metadata"
    )
    .then_some("what should be printed stands in its `name:`")
}
