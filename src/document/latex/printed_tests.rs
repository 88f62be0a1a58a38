//! Tests of what a paper prints: conditionals, definitions, deleted and hidden text, slides, glossaries.

use super::samples::{prose, read, read_files, source_of};

#[test]
fn definitions_end_with_their_group() {
    for (text, printed) in [
        ("{\\def\\sys{B}\\sys} \\sys", "B A"),
        ("\\begin{quote}\\renewcommand{\\sys}{B}\\sys\\end{quote}\\sys", "B\n\nA"),
        ("{\\def\\sys{B}{\\def\\sys{C}\\sys}\\sys}\\sys", "CBA"),
        ("{\\def\\new{B}\\new}\\ifdefined\\new yes\\else no\\fi", "Bno"),
        ("{\\gdef\\sys{B}} \\sys {\\def\\sys{C}\\global\\def\\sys{D}\\sys} \\sys", "BD D"),
        ("{\\global\\let\\sys\\textbf}\\sys{x} {\\def\\a{1}{\\gdef\\a{2}}\\def\\a{3}\\a}\\a", "x 32"),
        // A hook that is not known may run its argument later.
        ("\\atsometime[x]{\\def\\sys{B}}{\\def\\sys{C}}\\sys {\\def\\sys{D}} \\sys", "C  C"),
    ] {
        assert_eq!(prose(&format!("\\newcommand{{\\sys}}{{A}}{text}")), printed.replace("  ", " "), "{text}");
    }
}

#[test]
fn macros_that_look_ahead_or_make_macros_are_followed() {
    let at = "\\makeatletter\\def\\sys{\\@ifnextchar[{\\sys@opt}{\\sys@opt[plain]}}\\def\\sys@opt[#1]{<#1>}\\makeatother";
    for (text, printed) in [
        (format!("{at}\\sys{{}} \\sys[given] \\sys"), "<plain> <given> <plain>"),
        (
            "\\makeatletter\\newcommand{\\both}{\\@ifstar{starred}{plain}}\\makeatother\\both* and \\both, all".to_string(),
            "starred and plain, all",
        ),
        ("\\newcommandx{\\pair}[2][1=small, usedefault]{a #1 #2}\\pair{bot} \\pair[large]{one}".to_string(), "a small bot a large one"),
        ("\\newcommandx*{\\gone}[2][1=]{\\todo[#1]{#2}}\\gone{never said}kept".to_string(), "kept"),
        ("\\NewExpandableDocumentCommand{\\two}{m m}{#2 #1}\\two{a}{b}".to_string(), "b a"),
        (
            "\\newcommand{\\make}[2]{\\expandafter\\newcommand\\csname #1\\endcsname{#2}}\\make{bot}{Orvex}a \\bot{} ran".to_string(),
            "a Orvex ran",
        ),
    ] {
        assert_eq!(prose(&text), printed, "{text}");
    }
}

#[test]
fn settings_and_their_values_are_not_printed() {
    for (text, printed) in [
        ("\\selectlanguage{english}We \\linebreak[4] ask\\pagebreak[3] it", "We ask\n\nit"),
        ("\\AtBeginEnvironment{quote}{small}\\apptocmd{\\a}{b}{}{}\\AddToHook{x}[y]{z}Text", "Text"),
        ("\\settopmatter{printacmref=false}\\received{May 2020}\\setmainfont{Fira}[a=b]Text", "Text"),
        (
            "\\textcquote[p. 3]{poe2020}{a bot} \\foreignquote{german}{ein Bot} \\textquote[x][.]{it}",
            "a bot ein Bot it",
        ),
        ("\\ExplSyntaxOn \\cs_new:Npn \\x { never } \\ExplSyntaxOff Text", "Text"),
        ("\\pdfliteral direct {2 Tr}Text \\externaldocument{supp}", "Text"),
        (
            "\\href[page=3]{http://a.b/c#d}{a bot} \\makebox(0,0)[l]{one} \\trimbox{1pt 2pt}{two}",
            "a bot one two",
        ),
    ] {
        assert_eq!(prose(text), printed, "{text}");
    }
}

#[test]
fn keys_of_a_glossary_are_not_printed() {
    let list = "\\newacronym{llm}{LLM}{large language model}\\newacronym{ai}{AI}{artificial brain}";
    for (text, printed) in [
        ("\\iac{llm} and \\Iac{ai}", "a large language model (LLM) and An artificial brain (AI)"),
        (
            "\\glsunset{llm}\\glsreset{llm}\\acreset{llm}\\acuse{llm}\\glsadd[x]{llm}\\glsresetall Text",
            "Text",
        ),
        ("\\glslink{llm}{the models} \\glsdisp[x]{llm}{them}", "the models them"),
        ("\\acs{llm} \\acrshort{llm} \\gls{ai} \\gls{ai}['s]", "LLM LLM artificial brain (AI) AI's"),
        (
            "\\acfi{llm}, \\aclu{llm}, \\Glsentrylong{llm}, \\glsxtrfullpl{ai}",
            "large language model (LLM), large language model, Large language model, artificial brains (AIs)",
        ),
    ] {
        assert_eq!(prose(&format!("{list}{text}")), printed, "{text}");
    }
}

/// Tests the output of text in which commands choose what is printed.
#[test]
fn what_a_paper_chooses_is_printed() {
    let toggles = "\\newtoggle{anon}\\toggletrue{anon}\\newbool{cam}\\booltrue{cam}\\newboolean{old}\\setboolean{old}{false}";
    for (text, printed) in [
        ("\\iftoggle{anon}{yes}{no}", "yes"),
        ("\\nottoggle{anon}{yes}{no}", "no"),
        ("\\settoggle{anon}{false}\\iftoggle{anon}{yes}{no}", "no"),
        (
            "\\ifbool{cam}{yes}{no} \\notbool{cam}{yes}{no} \\boolfalse{cam}\\ifbool{cam}{yes}{no}",
            "yes no no",
        ),
        ("\\ifcam yes\\else no\\fi", "yes"),
        ("\\ifdef{\\nosuch}{yes}{no} \\ifundef{\\nosuch}{yes}{no} \\ifcsdef{textbf}{a}{yes}", "no yes yes"),
        (
            "\\ifstrempty{}{yes}{no} \\ifblank{ }{yes}{no} \\notblank{x}{yes}{no} \\ifstrempty{x}{yes}{no}",
            "yes yes yes no",
        ),
        ("\\ifstrequal{a}{a}{yes}{no} \\IfStrEq{a}{b}{yes}{no} \\ifnumcomp{1}{<}{2}{yes}{no}", "yes no yes"),
        (
            "\\ifthenelse{\\boolean{old}}{yes}{no} \\ifthenelse{\\equal{a}{a} \\AND \\NOT \\boolean{old}}{yes}{no}",
            "no yes",
        ),
        (
            "\\ifthenelse{1 > 2 \\OR 3 = 3}{yes}{no} \\ifboolexpr{togl {anon} and not bool {old}}{yes}{no}",
            "yes yes",
        ),
        ("\\ifdefined\\nosuch yes\\else no\\fi{} \\unless\\ifdefined\\nosuch yes\\else no\\fi", "no yes"),
        (
            "\\ifnum1>2 yes \\else no\\fi{} \\ifnum 3=3 yes\\else no\\fi{} \\ifodd3 yes\\else no\\fi",
            "no yes yes",
        ),
        (
            "\\ifx\\nosuchA\\nosuchB yes\\else no\\fi{} \\def\\a{x}\\def\\b{x}\\ifx\\a\\b yes\\else no\\fi",
            "yes yes",
        ),
        ("\\newcommand{\\opt}[1]{\\ifx\\\\#1\\\\none\\else some\\fi}\\opt{} \\opt{ab}", "none some"),
        ("\\ifcase1 zero\\or one\\or two\\else many\\fi{} \\ifcase7 zero\\or one\\else many\\fi", "one many"),
        ("\\ifthenelse{\\isempty{}}{none}{some} \\ifthenelse{\\NOT \\isempty{a}}{some}{none}", "none some"),
        ("\\newcommand{\\opt}[1]{\\ifthenelse{\\isempty{#1}}{none}{<#1>}}\\opt{} \\opt{ab}", "none <ab>"),
        (
            "\\makeatletter\\newcommand{\\opt}[1]{\\ifx\\@empty#1\\@empty none\\else some\\fi}\\opt{} \\opt{ab}",
            "none some",
        ),
        (
            "\\newcommand{\\opt}[1]{\\if\\relax\\detokenize{#1}\\relax none\\else some\\fi}\\opt{} \\opt{ab}",
            "none some",
        ),
        ("\\if aa yes\\else no\\fi{} \\if ab yes\\else no\\fi", "yes no"),
        ("\\makeatletter\\@ifmtarg{}{none}{some} \\@ifnotmtarg{a}{some}\\makeatother", "none some"),
        ("\\newcommand{\\which}[2]{\\iftoggle{anon}{#1}{#2}}\\which{this}{that}", "this"),
    ] {
        assert_eq!(prose(&format!("{toggles}{text}")), printed, "{text}");
    }
}

#[test]
fn arguments_that_may_be_given_are_told_from_those_that_are_not() {
    let definition = "\\NewDocumentCommand{\\a}{s o m}{\\IfBooleanTF{#1}{star }{}\\IfValueTF{#2}{<#2> }{}#3}";
    assert_eq!(
        prose(&format!("{definition}\\a{{x}}, \\a*{{x}}, \\a[y]{{x}}, \\a*[y]{{x}}")),
        "x, star x, <y> x, star <y> x"
    );
    for (form, body, call, printed) in [
        ("O{one} m", "#1 #2", "\\x{two} \\x[a]{b}", "one two a b"),
        ("d() m", "\\IfNoValueTF{#1}{none}{#1} #2", "\\x{a} \\x(b){c}", "none a b c"),
        ("D(){nine} m", "#1 #2", "\\x{a} \\x(b){c}", "nine a b c"),
        ("t+ m", "\\IfBooleanT{#1}{plus }#2", "\\x{a} \\x+{b}", "a plus b"),
        ("m G{none}", "#1-#2", "\\x{a}, \\x{b}{c}", "a-none, b-c"),
        ("m e{^_}", "#1\\IfValueT{#2}{ to #2}", "\\x{a}, \\x{b}^{c}", "a, b to c"),
        ("r() m", "#1 #2", "\\x(b){c}", "b c"),
        ("+m !o", "#1\\IfValueF{#2}{ bare}", "\\x{a}", "a bare"),
    ] {
        assert_eq!(
            prose(&format!("\\NewDocumentCommand{{\\x}}{{{form}}}{{{body}}}{call}")),
            printed,
            "{form}"
        );
    }
}

#[test]
fn commands_may_be_named_by_their_letters() {
    for (definition, call) in [
        ("\\expandafter\\newcommand\\csname cat\\endcsname{a tom}", "\\cat{}"),
        ("\\expandafter\\newcommand\\expandafter{\\csname cat\\endcsname}{a tom}", "\\cat{}"),
        ("\\expandafter\\def\\csname cat\\endcsname{a tom}", "\\csname cat\\endcsname"),
        ("\\expandafter\\def\\csname my@cat\\endcsname{a tom}", "\\csuse{my@cat}"),
        ("\\csdef{my-cat 2}{a tom}", "\\csuse{my-cat 2}"),
        ("\\csgdef{cat}#1{a #1}", "\\cat{tom}"),
        ("\\makeatletter\\@namedef{cat}{a tom}\\newcommand{\\pet}{\\@nameuse{cat}}\\makeatother ", "\\pet"),
        ("\\csdef{cat}{a tom}\\newcommand{\\pet}[1]{\\csuse{#1}}", "\\pet{cat}"),
    ] {
        assert_eq!(prose(&format!("{definition}We ask {call}.")), "We ask a tom.", "{definition}");
    }
    for text in ["\\csuse{none}ok", "\\csname none\\endcsname ok", "\\csname a\\textbf{b}\\endcsname ok"] {
        assert_eq!(prose(text), "ok", "{text}");
    }
    assert_eq!(prose("\\csname open\n\nok"), "ok");
}

#[test]
fn what_may_break_a_line_leaves_no_blank_in_a_word() {
    for text in [
        "se\\discretionary{-}{}{}cret",
        "se\\hspace{0pt}cret",
        "se\\hspace*{-0.1em}cret",
        "se\\penalty0 cret",
        "se\\penalty10000cret",
        "se\\penalty-50 cret",
    ] {
        assert_eq!(prose(text), "secret", "{text}");
    }
    assert_eq!(prose("a\\hspace{0.5em}b \\tolerance=1000 Text"), "a b Text");
}

#[test]
fn arguments_end_where_a_definition_says() {
    for (text, printed) in [
        ("\\def\\until#1.{x}\\until abc. d", "x d"),
        ("\\def\\pair(#1,#2){#2 and #1}\\pair(a, b) go", "b and a go"),
        ("\\def\\x#1\\stop{[#1]}\\x a {\\bf b}\\stop{} c", "[a b] c"),
        ("\\def\\x#1 to #2;{#2 from #1}\\x here to there; end", "there from here end"),
        ("\\def\\x<#1>{(#1)}\\x<a> b", "(a) b"),
    ] {
        assert_eq!(prose(text), printed, "{text}");
    }
}

#[test]
fn what_stands_for_a_default_is_printed_where_it_is_called() {
    let document = read("\\newcommand{\\x}[2][a default]{#1 of #2}%\nSee \\x{it} now.");
    assert_eq!(source_of(&document, "a default"), "\\x{it}");
}

#[test]
fn commands_inside_of_macros_may_have_an_at_sign() {
    let text = "\\makeatletter\\newcommand\\@in{inner words}\\newcommand{\\out}{\\@in}\\def\\x@y{\\@z}\\newcommand\\@z{late}\
                \\newcommand\\late{\\x@y}\\newcommand{\\tool}{\\@in\\@\\xspace}\\makeatother";
    assert_eq!(
        prose(&format!("{text}\\out{{}} \\late{{}} \\tool{{}} end")),
        "inner words late inner words end"
    );
    let unknown = "\\makeatletter\\newcommand{\\x}[1]{\\@startsection{a}{b}#1}\\makeatother";
    assert_eq!(prose(&format!("{unknown}\\x{{kept}}")), "kept");
}

#[test]
fn what_a_paper_hides_is_left_out() {
    for (preamble, name) in [
        ("\\excludecomment{x}", "x"),
        ("\\excludeversion{x}", "x"),
        ("\\newenvironment{x}{\\comment}{\\endcomment}", "x"),
        ("\\newenvironment{x}{\\iffalse}{\\fi}", "x"),
        ("\\newenvironment{x}[1][a]{\\setbox0\\vbox\\bgroup}{\\egroup}", "x"),
        ("\\NewEnviron{x}{}", "x"),
        ("\\NewDocumentEnvironment{x}{o +b}{}{}", "x"),
        ("\\let\\x\\comment\\let\\endx\\endcomment{}", "x"),
    ] {
        let text = format!("{preamble}One.\n\\begin{{{name}}}\nhidden $ words\n\\end{{{name}}}\nTwo.");
        assert_eq!(prose(&text).split_whitespace().collect::<Vec<_>>(), ["One.", "Two."], "{preamble}");
    }
    for preamble in
        ["\\includecomment{x}", "\\NewEnviron{x}{\\BODY}", "\\NewDocumentEnvironment{x}{+b}{#1}{}"]
    {
        let text = format!("{preamble}One.\n\\begin{{x}}\nshown\n\\end{{x}}\nTwo.");
        assert!(prose(&text).contains("shown"), "{preamble}: {}", prose(&text));
    }
}

#[test]
fn deleted_text_is_left_out() {
    for (text, printed) in [
        ("\\providecommand{\\DIFdel}[1]{{\\small #1}}a \\DIFdel{old }\\DIFadd{new }b", "a new b"),
        ("a \\deleted[id=x]{old}\\added{new} b", "a new b"),
        ("a \\replaced[id=x]{new}{old} b", "a new b"),
        ("a \\sout{old} \\st{old} \\xout{old} \\hl{new} b", "a new b"),
        ("a \\fxnote{old} \\pdfcomment{old} \\comment[id=x]{old} \\note{old} b", "a b"),
        ("a \\change{old}{new} \\remove{old} b", "a new b"),
        ("\\newcommand{\\st}{s.t.}a \\st{} b", "a s.t. b"),
    ] {
        assert_eq!(prose(text), printed, "{text}");
    }
}

#[test]
fn files_that_stand_in_the_paper_are_read() {
    let paper = read_files(&[(
        "main.tex",
        "\\begin{filecontents}[overwrite]{intro.tex}\nIn it.\n\\end{filecontents}\n\
         \\begin{filecontents*}{mine.sty}\n\\newcommand{\\@say}{said}\\newcommand{\\say}{\\@say}\n\\end{filecontents*}\n\
         \\documentclass{article}\\usepackage{mine}\\begin{document}Before. \\input{intro} \\say.\\end{document}",
    )]);
    assert_eq!((paper.document.prose.as_str(), paper.document.notes.len()), ("Before. In it.\nsaid.", 0));
    assert_eq!(source_of(&paper.document, "In it"), "In it");
}

#[test]
fn names_of_files_may_be_quoted() {
    let paper = read_files(&[
        ("main.tex", "\\input \"a b/c d\" then \\input{\"a b/c d.tex\"} end"),
        ("a b/c d.tex", "Text."),
    ]);
    assert_eq!(paper.document.prose, "Text. then Text. end");
}

#[test]
fn options_of_drawings_and_lengths_are_no_text() {
    for (text, printed) in [
        ("a \\tikz[baseline=(x.base)]{\\node[shape=circle,draw] (x) {one};} b", "a one b"),
        ("a \\tikz\\node[draw]{one}; b", "a one b"),
        ("a \\tikz[x] \\draw[->] (0,0) -- (1,1); b", "a b"),
        ("\\newcommand*\\c[1]{\\tikz[y]{\\node[z] (x) {#1};}}a \\c{1} b", "a 1 b"),
        ("\\newcommand{\\x}[1]{\\tcbox[on line]{#1}}a \\x{one} b", "a one b"),
        ("a \\hskip 3pt plus 1fill minus 2pt\\relax b", "a b"),
    ] {
        assert_eq!(prose(text).split_whitespace().collect::<Vec<_>>().join(" "), printed, "{text}");
    }
}

#[test]
fn slides_say_on_which_of_them_something_stands() {
    for (text, printed) in [
        ("a \\only<2->{one} \\textbf<1,3>{two} \\alert<+->{three}", "a one two three"),
        ("a \\alt<2>{one}{two} \\invisible<1>{three} b", "a one b"),
        ("\\begin{itemize}\\item<1-> one\\item<2-|alert@2> two\\end{itemize}", "one\n\ntwo"),
        ("$a<b$ and \\textbf{a} <b> c", "$a<b$ and a <b> c"),
    ] {
        assert_eq!(prose(text), printed, "{text}");
    }
}

#[test]
fn entries_of_glossaries_are_printed_as_they_say() {
    let preamble = "\\newglossaryentry{cb}{name={chatbot},description={talks, {a lot}}}\
                    \\newglossaryentry{mx}{name=index,plural={indices}}\
                    \\DeclareAcronym{vlm}{short=VLM, long={vision-language model}}";
    for (text, printed) in [
        ("a \\gls{cb}, \\glspl{cb}, \\Glspl{mx}", "a chatbot, chatbots, Indices"),
        ("a \\ac{vlm} and a \\ac{vlm}", "a vision-language model (VLM) and a VLM"),
        ("a \\acs{vlm}, a \\acl{vlm}", "a VLM, a vision-language model"),
        ("\\begin{acronym}\\acro{asr}[ASR]{speech reading}\\end{acronym}", "ASR speech reading"),
    ] {
        assert_eq!(prose(&format!("{preamble}{text}")), printed, "{text}");
    }
}

#[test]
fn conditions_without_end_are_taken_for_no() {
    for condition in [
        "\\NOT".repeat(100_000) + "1=1",
        "1=1\\AND ".repeat(100_000) + "1=1",
        "\\(".repeat(100_000) + "1=1" + &"\\)".repeat(100_000),
    ] {
        assert_eq!(prose(&format!("\\ifthenelse{{{condition}}}{{yes}}{{no}}")), "no");
    }
}

#[test]
fn macros_that_double_are_left_out_early() {
    let doubling = |index: u32| {
        let name = |index: u32| char::from_u32(u32::from('a') + index).unwrap();
        format!("\\newcommand{{\\x{}}}{{\\x{next}\\x{next}}}", name(index), next = name(index + 1))
    };
    let preamble: String = (0..24).map(doubling).collect();
    let paper = read_files(&[("a.tex", &format!("{preamble}\\newcommand{{\\xy}}{{a secret chatbot }}\\xa"))]);
    assert_eq!(paper.error.unwrap().kind, "too-large");
    assert!(paper.document.prose.len() < 1 << 20);
}

#[test]
fn embedded_files_that_double_are_left_out_early() {
    let embedded = |index: u32| {
        format!(
            "\\begin{{filecontents}}{{f{index}.tex}}\n\\input{{f{0}}}\\input{{f{0}}}\n\\end{{filecontents}}\n",
            index + 1
        )
    };
    let files: String = (0..24).map(embedded).collect();
    let last = "\\begin{filecontents}{f24.tex}\na secret chatbot\n\\end{filecontents}\n";
    let paper = read_files(&[("a.tex", &format!("{files}{last}\\input{{f0}}"))]);
    assert_eq!(paper.error.unwrap().kind, "too-large");
    assert!(paper.document.prose.len() < 1 << 16);
}

#[test]
fn an_environment_ends_where_its_name_has_a_star_too_many_or_too_few() {
    for text in [
        "\\begin{table}\\caption{Open.}\\end{table*}\n\nKept.",
        "\\begin{figure*}\\caption{Open.}\\end{figure}\n\nKept.",
    ] {
        assert_eq!(prose(text), "Open.\n\nKept.", "{text}");
    }
    assert_eq!(
        prose("\\begin{table}\\begin{table*}\\caption{A.}\\end{table*}\\end{table} Kept."),
        "Kept.\n\nA."
    );
}
