using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// Reads the shape of a file: every token except those in the bodies of members, and no trivia except directives that change what follows. The parts of a body
/// that other code can notice are included: docs/decisions/0017 lists them.
/// </summary>
internal sealed class ShapeReader
{
    private readonly SyntaxTree _tree;
    private readonly SyntaxNode _root;
    private readonly SourceText _text;
    private readonly FingerprintWriter _shape = new();
    private readonly Dictionary<int, Candidate> _candidates = [];
    private readonly List<MethodText> _methods = [];
    private readonly Lazy<Fingerprint> _all;
    private readonly bool _isMapped;

    private ShapeReader(SyntaxTree tree)
    {
        _tree = tree;
        _root = tree.GetRoot();
        _text = tree.GetText();
        _all = new Lazy<Fingerprint>(() => Fingerprint.Of(_text.ToString()));
        _isMapped = _root.ContainsDirectives && tree.GetLineMappings().Any();
    }

    public static TreeShape Read(SyntaxTree tree) => new ShapeReader(tree).Read();

    private TreeShape Read()
    {
        _shape.Add(_tree.FilePath);
        _shape.Add(Identity.Of(_tree.Options));
        _shape.Add(IsMarkedGenerated() ? 1 : 0);
        foreach (var part in _root.DescendantNodesAndTokensAndSelf(descendIntoChildren: node => !IsLeftOut(node)))
        {
            _shape.Add(part.RawKind);
            if (part.AsNode() is { } node) AddNode(node);
            else Add(part.AsToken());
        }

        return new TreeShape { Shape = _shape.Finish(), AllText = _all, Candidates = _candidates, Methods = _methods };
    }

    private void AddNode(SyntaxNode node)
    {
        if (node is UsingDirectiveSyntax or ExternAliasDirectiveSyntax) _shape.Add(node.ToString()); // copied unchanged
        if (node is MethodDeclarationSyntax method) AddMethod(method);
        if (!IsLeftOut(node)) return;
        if (node is GlobalStatementSyntax) AddDeclaredNames(node);
        if (node.ContainsDiagnostics) Add(node.GetLeadingTrivia().Concat(node.GetTrailingTrivia()).Where(MovesErrors));
        if (!node.ContainsDirectives) return;
        Add(node.DescendantTrivia().Where(ChangesWhatFollows));
    }

    private void Add(SyntaxToken token)
    {
        _shape.Add(token.Text);
        if (token.ContainsDirectives) Add(token.LeadingTrivia.Where(ChangesWhatFollows));
        if (token.ContainsDiagnostics) Add(token.GetAllTrivia().Where(MovesErrors));
    }

    private void Add(IEnumerable<SyntaxTrivia> trivia)
    {
        foreach (var each in trivia) _shape.Add(each.ToString());
    }

    private void AddMethod(MethodDeclarationSyntax method)
    {
        var type = (method.Parent as BaseTypeDeclarationSyntax)?.Identifier.ValueText ?? "";
        if (method.Body is not null || method.ExpressionBody is not null)
            _methods.Add(new MethodText(type, method.Identifier.ValueText, TextOf(method), LineOf(method)) { Tree = _tree, Start = method.SpanStart });
        if (!TamedSyntax.MayBeTamed(method)) return;
        var bodies = TamedSyntax.BodyNames(method, out var needsAllText);
        _candidates[method.SpanStart] = new Candidate(_candidates.Count, TextOf(method), LineOf(method), type, bodies) { NeedsAllText = needsAllText };
    }

    /// <summary>From the beginning of the line, because generated code keeps the user's columns. The whole file if directives set its line numbers.</summary>
    private Fingerprint TextOf(MethodDeclarationSyntax method)
    {
        if (_isMapped) return _all.Value;
        var start = _text.Lines.GetLineFromPosition(method.SpanStart).Start;
        return Fingerprint.Of(_text.ToString(TextSpan.FromBounds(start, method.Span.End)));
    }

    private int LineOf(MethodDeclarationSyntax method) => _text.Lines.GetLineFromPosition(method.SpanStart).LineNumber;

    private static bool IsLeftOut(SyntaxNode node) => node switch
    {
        GlobalStatementSyntax => true,
        BlockSyntax or ArrowExpressionClauseSyntax => node.Parent switch
        {
            AccessorDeclarationSyntax or BasePropertyDeclarationSyntax => !IsInStructWithParameters(node) && !MentionsField(node),
            MemberDeclarationSyntax => !IsInStructWithParameters(node),
            _ => false,
        },
        _ => false,
    };

    /// <summary>A parameter of a struct's own constructor becomes a field when a member uses it, and a field decides what the struct may be used for.</summary>
    private static bool IsInStructWithParameters(SyntaxNode body) => body.Ancestors().Any(node => node is StructDeclarationSyntax { ParameterList: not null });

    /// <summary>A property has a field as soon as an accessor mentions it.</summary>
    private static bool MentionsField(SyntaxNode accessor) => accessor.DescendantTokens().Any(token => token.Text == "field");

    /// <summary>Locals of top-level statements are visible, and rejected, in their whole file.</summary>
    private void AddDeclaredNames(SyntaxNode statement)
    {
        foreach (var node in statement.DescendantNodes())
        {
            var name = node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                _ => null,
            };
            if (name is not null) _shape.Add(name);
        }
    }

    private static bool ChangesWhatFollows(SyntaxTrivia trivia) => (SyntaxKind)trivia.RawKind
        is SyntaxKind.NullableDirectiveTrivia or SyntaxKind.DefineDirectiveTrivia or SyntaxKind.UndefDirectiveTrivia or SyntaxKind.LineDirectiveTrivia or SyntaxKind.LineSpanDirectiveTrivia;

    /// <summary>If the parser skips tokens, an error about a missing brace is placed after them, and no longer at the end of a body.</summary>
    private static bool MovesErrors(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SkippedTokensTrivia);

    /// <summary>Nullability is off in files that are marked as generated by a tool.</summary>
    private bool IsMarkedGenerated() => _root.GetLeadingTrivia().Any(trivia =>
        trivia.ToString().IndexOf("<auto", StringComparison.OrdinalIgnoreCase) >= 0);
}
