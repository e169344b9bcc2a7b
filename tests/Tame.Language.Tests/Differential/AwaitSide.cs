using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Language.Tests.Differential;

/// <summary>
/// Writes the <c>async</c> twin of a tamed class: each body becomes an async method, each wait an await. It goes by syntax alone, and
/// understands the forms that the programs use. Each line of a body keeps its number, so that callees that ask for it are told the same.
/// </summary>
internal sealed class AwaitSide : CSharpSyntaxRewriter
{
    /// <summary>The number of a program's first line in its file: the namespace stands above it.</summary>
    private const int FirstLine = 2;

    private readonly Stack<string> _blocks = new();
    private int _blockCount;

    /// <summary>The end of the lambda of a wait, inside one.</summary>
    private string? _end;

    public static string Of(string tamed)
    {
        var root = CSharpSyntaxTree.ParseText(tamed, Batch.ParseOptions).GetRoot();
        return new AwaitSide().Visit(root).ToFullString();
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        if (node.Modifiers.Any(SyntaxKind.PartialKeyword))
            return Entry(node);
        if (!node.Identifier.ValueText.EndsWith("Body", StringComparison.Ordinal))
            return base.VisitMethodDeclaration(node);
        string failing = string.Join(" | ", Events(node).Select(e => $"{e}.Fail(__error)"));
        string body = Visit(node.Body)!.ToFullString();
        int line = node.Body!.GetLocation().GetLineSpan().StartLinePosition.Line + FirstLine;
        return Member($$"""
            {{node.Modifiers}} async Task {{node.Identifier}}{{node.TypeParameterList}}{{node.ParameterList}}
            {
                try
            #line {{line}}
            {{body}}
                catch (Exception __error)
                {
                    if (!({{(failing.Length == 0 ? "false" : failing)}})) throw;
                }
            }

            """);
    }

    public override SyntaxNode VisitUsingStatement(UsingStatementSyntax node)
    {
        if (node.Expression is not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "twait" } })
            return base.VisitUsingStatement(node)!;
        string block = $"__b{_blockCount++}";
        _blocks.Push(block);
        string inner = node.CloseParenToken.TrailingTrivia.ToFullString() + Visit(node.Statement)!.ToFullString().TrimEnd();
        _blocks.Pop();
        if (node.Statement is not BlockSyntax)
            inner = $"{{ {inner} }}";
        return Statement($"{{ var {block} = new AwaitedBlock(); try {{ {inner} {block}.End(); }} finally {{ {block}.Leave(); }} await {block}; }}", node);
    }

    public override SyntaxNode VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        if (node.Expression is not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "twait" } } call)
            return base.VisitExpressionStatement(node)!;
        var arguments = call.ArgumentList.Arguments;
        if (arguments[0].Expression is SimpleLambdaExpressionSyntax start)
            return Statement(Started(start, arguments), node);
        var (ids, errors) = (Targets(arguments, error: false), Targets(arguments, error: true));
        string rendezvous = Visit(arguments[0].Expression)!.ToString() + (IsOwn(arguments[0].Expression) ? ", isOwn: true" : "");
        return Statement(
            errors.Count != 0 ? $"({ids.FirstOrDefault("_")}, {errors[0]}) = await Awaiting.Outcome({rendezvous});"
            : ids.Count != 0 && ids[0] != "_" && arguments[0].Expression is InvocationExpressionSyntax && arguments[1].Expression is not DeclarationExpressionSyntax ? $"await Awaiting.Into({rendezvous}).At({Slot(arguments[1].Expression)});"
            : ids.Count != 0 ? $"{ids[0]} = await Awaiting.Next({rendezvous});"
            : $"await Awaiting.Next({rendezvous});",
            node);
    }

    /// <summary>In the lambda of a wait, it ends the lambda.</summary>
    public override SyntaxNode VisitReturnStatement(ReturnStatementSyntax node) => _end is null ? base.VisitReturnStatement(node)! : Statement($"goto {_end};", node);

    /// <summary>Whether only this body can make events on a rendezvous: a local that holds a new one, and that goes nowhere else.</summary>
    private static bool IsOwn(ExpressionSyntax rendezvous)
    {
        // A shrunk program may have statements outside of methods.
        if (rendezvous is not IdentifierNameSyntax { Identifier.ValueText: var name } || rendezvous.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
            return false;
        var nodes = method.DescendantNodes().ToList();
        return nodes.Any(node => node is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax } made && made.Identifier.ValueText == name)
            && nodes.OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == name).All(IsOwnUse);
    }

    private static bool IsOwnUse(IdentifierNameSyntax name) => !name.Ancestors().Any(around => around is LocalFunctionStatementSyntax or ParenthesizedLambdaExpressionSyntax)
        && name.Parent is MemberAccessExpressionSyntax or ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "mkevent" or "twait" } } };

    /// <summary>A block around the statements of the lambda. What the wait declares goes into a condition, whose variables live on behind it.</summary>
    private string Started(SimpleLambdaExpressionSyntax start, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        int number = _blockCount++;
        var slots = arguments.Skip(1).Select(a => a.Expression).ToList();
        var declared = slots.OfType<DeclarationExpressionSyntax>().Where(slot => slot.Designation is SingleVariableDesignationSyntax).ToList();
        string places = string.Join(", ", slots.Select(slot => slot is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier: var name } } ? $"Awaiting.Place({name}, __v => {name} = __v)" : Slot(slot)));
        _end = $"__e{number}";
        string body = start.Block is { } block ? Visit(block)!.ToString() : $"{Visit(start.ExpressionBody)};";
        _end = null;
        string declare = declared.Count == 0 ? "" : $"if ({string.Join(" & ", declared.Select(slot => $"Awaiting.Declare(out {slot})"))}) ";
        return $"{declare}{{ var __b{number} = new AwaitedBlock(); try {{ var {start.Parameter} = __b{number}.Make({places}); {body} __e{number}: __b{number}.End(); }} finally {{ __b{number}.Leave(); }} await __b{number}; }}";
    }

    public override SyntaxNode VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is not IdentifierNameSyntax { Identifier.ValueText: "mkevent" })
            return base.VisitInvocationExpression(node)!;
        var given = node.ArgumentList.Arguments.Where(a => a.RefKindKeyword.RawKind == 0).Select(a => Visit(a.Expression)!.ToString()).ToList();
        var slots = node.ArgumentList.Arguments.Where(a => a.RefKindKeyword.RawKind != 0).Select(a => Slot(a.Expression));
        return SyntaxFactory.ParseExpression($"{(given.Count == 0 ? Block : "Awaiting")}.Make({string.Join(", ", given.Concat(slots))})");
    }

    /// <summary>The block around; outside any the program is wrong, which the compiler is to say.</summary>
    private string Block => _blocks.TryPeek(out string? block) ? block : "NoBlockAround";

    private string Slot(ExpressionSyntax slot) => slot switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier: var name } } declaration =>
            $"Awaiting.Declared(out {declaration.Type} {name}, __v => {name} = __v)",
        DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } discard => $"Tame.CompilerServices.Slot<{discard.Type}>.Discard",
        IdentifierNameSyntax name => $"Awaiting.Place({name}, __v => {name} = __v)",
        ElementAccessExpressionSyntax element => $"Awaiting.Element({Pieces(element)})",
        MemberAccessExpressionSyntax { Expression: ElementAccessExpressionSyntax element, Name: var field } =>
            $"Awaiting.InElement({Pieces(element)}, (ref __o) => ref __o.{field})",
        MemberAccessExpressionSyntax { Expression: var owner, Name: var field } =>
            $"Awaiting.Field({owner}, (ref __o) => ref __o.{field}, __v => {slot} = __v)",
        _ => "NoSlotOfThisForm",
    };

    private string Pieces(ElementAccessExpressionSyntax element) =>
        $"{Visit(element.Expression)}, {string.Join(", ", element.ArgumentList.Arguments.Select(a => Visit(a.Expression)))}";

    /// <summary>What a join writes to: the error is named, <c>error: out e</c>, the id is not.</summary>
    private List<string> Targets(IEnumerable<ArgumentSyntax> arguments, bool error) =>
        [.. arguments.Skip(1).Where(a => (a.NameColon is not null) == error).Select(a => a.Expression is DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } ? "_" : Visit(a.Expression)!.ToString())];

    private static MemberDeclarationSyntax Entry(MethodDeclarationSyntax node)
    {
        var modifiers = node.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword));
        string arguments = string.Join(", ", node.ParameterList.Parameters.Select(parameter => parameter.Identifier.Text));
        return Member($"{string.Join(' ', modifiers)} void {node.Identifier}{node.TypeParameterList}{node.ParameterList} => "
            + $"Awaiting.Start(() => {node.Identifier}Body{node.TypeParameterList}({arguments}));\n\n");
    }

    private static IEnumerable<string> Events(MethodDeclarationSyntax node) => node.ParameterList.Parameters
        .Where(parameter => parameter.Type is IdentifierNameSyntax { Identifier.ValueText: "Event" } or GenericNameSyntax { Identifier.ValueText: "Event" })
        .Select(parameter => parameter.Identifier.Text);

    private static MemberDeclarationSyntax Member(string text) => SyntaxFactory.ParseMemberDeclaration(text, options: Batch.ParseOptions)!;

    private static StatementSyntax Statement(string text, SyntaxNode inPlaceOf) =>
        SyntaxFactory.ParseStatement(text, options: Batch.ParseOptions).WithTriviaFrom(inPlaceOf);
}
