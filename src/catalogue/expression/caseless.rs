//! Sets of characters to which it makes no difference whether case counts.

use regex_syntax::ast::{
    Ast, ClassBracketed, ClassSet, ClassSetItem, Flag, Flags, FlagsItem, FlagsItemKind, Group, GroupKind,
    Span,
};

/// Takes sets such as `[\w-]` out of the parts of an expression in which case does not count. They match the same,
/// and to add the other cases of all letters to them is most of the work with an expression.
pub(super) fn make_sets_plain(ast: &mut Ast) {
    match ast {
        Ast::ClassBracketed(set) if has_no_case(set) => {
            let span = set.span;
            let set = std::mem::replace(ast, Ast::empty(span));
            *ast = with_case(set, span);
        }
        Ast::Repetition(repetition) => make_sets_plain(&mut repetition.ast),
        Ast::Group(group) => make_sets_plain(&mut group.ast),
        Ast::Alternation(alternation) => alternation.asts.iter_mut().for_each(make_sets_plain),
        Ast::Concat(concat) => concat.asts.iter_mut().for_each(make_sets_plain),
        _ => {}
    }
}

fn has_no_case(set: &ClassBracketed) -> bool {
    let is_caseless = |item: &ClassSetItem| match item {
        ClassSetItem::Perl(_) => true,
        ClassSetItem::Literal(literal) => !literal.c.is_alphanumeric(),
        _ => false,
    };
    match &set.kind {
        ClassSet::Item(ClassSetItem::Union(union)) => union.items.iter().all(is_caseless),
        ClassSet::Item(item) => is_caseless(item),
        ClassSet::BinaryOp(_) => false,
    }
}

/// Returns a part of an expression as `(?-i:…)`.
fn with_case(part: Ast, span: Span) -> Ast {
    let item = |kind| FlagsItem { span, kind };
    let items = vec![item(FlagsItemKind::Negation), item(FlagsItemKind::Flag(Flag::CaseInsensitive))];
    let kind = GroupKind::NonCapturing(Flags { span, items });
    Ast::group(Group { span, kind, ast: Box::new(part) })
}

#[cfg(test)]
mod tests {
    use super::super::reading::{parsed, translated};
    use super::*;

    #[test]
    fn such_sets_match_the_same_in_any_case() {
        for source in ["(?i)[\\w-]", "(?i)a[^\\s\\d’.]b", "(?i)(?:x[\\w]|[a-z])+", "(?i)[\\W_]", "(?i)[\\D]"]
        {
            let ast = parsed(source).unwrap();
            let mut plain = ast.clone();
            make_sets_plain(&mut plain);
            assert_ne!(plain, ast);
            assert_eq!(translated(source, &plain).unwrap(), translated(source, &ast).unwrap(), "{source}");
        }
    }
}
