using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>Statements that guard what is in them: <c>try</c> and <c>using</c>.</summary>
internal sealed partial class SpineBinder
{
    private TryStatement BindTry(TryStatementSyntax region)
    {
        var unwind = context.Waits.HasBlockIn(region) ? $"{context.Closure}.Unwind({context.Waits.DepthAt(region)})" : null;
        var body = Bind(region.Block);
        var catches = region.Catches.Select(clause => BindCatch(clause, unwind)).ToEquatable();
        return new TryStatement(body, catches, region.Finally is null ? null : BindFinally(region.Finally.Block, unwind));
    }

    /// <summary>An exception that arrives here has left the blocks inside the try: they are cancelled before anybody looks at it.</summary>
    private Fragment BindCatch(CatchClauseSyntax clause, string? unwind)
    {
        var declaration = clause.Declaration is null ? [] : editor.Pieces(clause.Declaration);
        var header = new List<Piece> { new TextPiece(clause.Declaration is null ? "catch" : "catch ") };
        header.AddRange(declaration);
        if (clause.Filter is { } filter)
        {
            header.Add(new TextPiece(unwind is null ? " when (" : $" when ({unwind} && ("));
            header.AddRange(editor.Pieces(filter.FilterExpression));
            header.Add(new TextPiece(unwind is null ? ") " : ")) "));
            return FleshEditor.Make(Spans.Of(clause), header, editor.Pieces(clause.Block));
        }

        return FleshEditor.Make(Spans.Of(clause), header, " ", Opened(clause.Block, unwind));
    }

    /// <summary>A finally block runs when its try is left for good, not when the closure suspends inside it.</summary>
    private Fragment BindFinally(BlockSyntax block, string? unwind) =>
        FleshEditor.Make(Spans.Of(block), $"if (!{context.Closure}.IsSuspended) ", Opened(block, unwind));

    private List<Piece> Opened(BlockSyntax block, string? unwind)
    {
        var pieces = editor.Pieces(block);
        if (unwind is not null && pieces[0] is TextPiece { Text: var text }) pieces[0] = new TextPiece("{ " + unwind + ";" + text.Substring(1));
        return pieces;
    }

    private UsingStatement BindUsing(UsingStatementSyntax statement)
    {
        var body = Bind(statement.Statement);
        if (statement.Declaration is { } declaration) return BindResources(declaration, body, statement, Spans.Of(declaration));
        var resource = statement.Expression!;
        var type = context.Model.GetTypeInfo(resource, context.Cancellation).Type!;
        var kept = new LocalPiece(context.Locals.AddHidden("resource", SymbolText.Of(type), SymbolText.HoldsReferences(type)));
        var acquire = FleshEditor.Make(Spans.Of(resource), kept, " = ", editor.Pieces(resource), ";");
        return Guard(acquire, body, type, kept, statement);
    }

    /// <summary>Several resources of one declaration are disposed in the opposite order, as if each had a using of its own.</summary>
    private UsingStatement BindResources(VariableDeclarationSyntax declaration, Statement body, SyntaxNode scope, SourceSpan span)
    {
        UsingStatement? outer = null;
        foreach (var declarator in declaration.Variables.Reverse())
        {
            var local = editor.Declared(declarator)!.Value;
            var type = ((ILocalSymbol)context.Model.GetDeclaredSymbol(declarator, context.Cancellation)!).Type;
            var reference = editor.Refer(local, declarator.Identifier);
            var acquire = FleshEditor.Make(span, reference, " = ", editor.Pieces(declarator.Initializer!.Value), ";");
            body = outer = Guard(acquire, body, type, reference, scope);
        }

        return outer!;
    }

    private UsingStatement Guard(Fragment acquire, Statement body, ITypeSymbol type, LocalPiece resource, SyntaxNode scope) => new(
        acquire, body, DisposeText(type, FleshEditor.Make(acquire.Span, resource)) ?? FleshEditor.Make(acquire.Span), context.Waits.HasBlockIn(scope), context.Waits.DepthAt(scope));

    /// <summary>The call that disposes a value of this type, as C# would: in place for structs, by cast where the type does not tell.</summary>
    private static Fragment? DisposeText(ITypeSymbol type, Fragment value)
    {
        const string Services = "global::Tame.CompilerServices.BodyServices.";
        if (type.AllInterfaces.Concat([type]).Any(i => i.SpecialType == SpecialType.System_IDisposable)
            || (type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(c => c.AllInterfaces.Concat([c]).Any(i => i.SpecialType == SpecialType.System_IDisposable))))
            return FleshEditor.Make(value.Span, Services + "Dispose(ref ", value.Pieces, ");");
        if (type.IsRefLikeType || type.TypeKind == TypeKind.Struct)
            return type.IsRefLikeType && type.GetMembers("Dispose").Length > 0 ? FleshEditor.Make(value.Span, value.Pieces, ".Dispose();") : null;
        return type is INamedTypeSymbol { IsSealed: true } ? null : FleshEditor.Make(value.Span, Services + "DisposeIfDisposable(", value.Pieces, ");");
    }
}
