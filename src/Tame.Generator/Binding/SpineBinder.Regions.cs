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
        var pieces = editor.Pieces(clause, edits =>
        {
            if (unwind is null) return;
            if (clause.Filter is { } filter)
            {
                edits.Insert(filter.FilterExpression.SpanStart, unwind + " && (");
                edits.Insert(filter.FilterExpression.Span.End, ")");
            }
            else
            {
                edits.Insert(clause.Block.OpenBraceToken.Span.End, $" {unwind};");
            }
        });
        return new Fragment(pieces.ToEquatable(), Spans.Of(clause));
    }

    /// <summary>A finally block runs when its try is left for good, not when the closure suspends inside it.</summary>
    private Fragment BindFinally(BlockSyntax block, string? unwind)
    {
        var pieces = editor.Pieces(block, edits =>
        {
            edits.Insert(block.SpanStart, $"if (!{context.Closure}.IsSuspended) ");
            if (unwind is not null) edits.Insert(block.OpenBraceToken.Span.End, $" {unwind};");
        });
        return new Fragment(pieces.ToEquatable(), Spans.Of(block));
    }

    private UsingStatement BindUsing(UsingStatementSyntax statement)
    {
        var body = Bind(statement.Statement);
        if (statement.Declaration is { } declaration) return BindResources(declaration, body, statement, Spans.Of(declaration));
        var resource = statement.Expression!;
        var info = context.Model.GetTypeInfo(resource, context.Cancellation);
        var type = info.Type ?? info.ConvertedType ?? context.Model.Compilation.GetSpecialType(SpecialType.System_Object);
        if (type.IsRefLikeType) context.Report(Rules.CannotLiveAcrossWait, resource, resource, "of a by-ref-like type", Spans.LineOf(statement.Statement));
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
        if (type.IsRefLikeType) return type.GetMembers("Dispose").Length > 0 ? FleshEditor.Make(value.Span, value.Pieces, ".Dispose();") : null;
        return type is INamedTypeSymbol { IsSealed: true } && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            ? null : FleshEditor.Make(value.Span, Services + "DisposeIfDisposable(", value.Pieces, ");");
    }
}
