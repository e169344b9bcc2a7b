using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary>Statements that guard what is in them: <c>try</c> and <c>using</c>.</summary>
internal sealed partial class SpineBinder
{
    private Statement BindTry(TryStatementSyntax region)
    {
        if (region.Finally is not { } ending || !context.Waits.IsSpine(ending)) return BindHandlers(region, region.Finally);
        var exits = context.FinallyOf(region);
        var guarded = region.Catches.Count == 0 ? Bind(region.Block) : BindHandlers(region, ending: null);
        var block = Entered(ending.Block, BindBlock(ending.Block)) with { Comments = Comments(ending) };
        var unwind = Unwinding(region, context.Generated.Caught) is { } call ? call + "; " : "";
        return new FinallyStatement(guarded, unwind, block, Spans.Of(ending.Block.CloseBraceToken), new FinallyFrame(exits.Label, exits.Thrown, exits.Exit, exits.All.ToEquatable()));
    }

    private Statement BindHandlers(TryStatementSyntax region, FinallyClauseSyntax? ending)
    {
        // A catch that waits continues after its try, and the finally must run after it.
        if (ending is not null && region.Catches.Any(context.Waits.IsSpine)) return new TryStatement(BindHandlers(region, ending: null), default, BindFinally(ending.Block, Unwinding(region)));
        var body = Bind(region.Block);
        var catches = region.Catches.Select(clause => context.Waits.IsSpine(clause) ? BindWaitingCatch(clause, Unwinding(region, context.Generated.Caught)) : BindCatch(clause, region)).ToEquatable();
        var handlers = new TryStatement(body, catches, ending is null ? null : BindFinally(ending.Block, Unwinding(region)));
        return region.Catches.Reverse().Select(SharedScope).OfType<int>().Aggregate((Statement)handlers, (inner, scope) => Entered(scope, inner));
    }

    /// <summary>
    /// The scope of a clause with waits whose filter has lambdas. It is entered at the start of the try. An exception that a finally throws inside the try runs
    /// the filter again, and as in C#'s async both runs have the same variables.
    /// </summary>
    private int? SharedScope(CatchClauseSyntax clause) =>
        context.Waits.IsSpine(clause) && clause.Filter is { } filter && filter.DescendantNodes().Any(context.Nested.Is) ? context.Scopes.At(clause) : null;

    /// <summary>
    /// The call that cancels the blocks that an exception has left. Failures of events in these blocks become other failures of the exception. It runs when the
    /// clause is entered, not in its filter: after the filter, a finally inside the block can throw another exception, which may be caught in the block.
    /// </summary>
    private string? Unwinding(TryStatementSyntax region, string? caught = null)
    {
        if (!context.Waits.HasBlockIn(region)) return null;
        return $"{context.Generated.Closure}.Unwind({context.Waits.DepthAt(region)}{(caught is null ? "" : ", " + caught)})";
    }

    /// <summary>An exception that is caught here has left the blocks inside the try. They are cancelled before the clause runs.</summary>
    private CatchClause BindCatch(CatchClauseSyntax clause, TryStatementSyntax region)
    {
        var variable = clause.Declaration?.Identifier.Text is { Length: > 0 } name ? name : null;
        var unwind = Unwinding(region, variable ?? context.Generated.Caught);
        var pieces = editor.Pieces(clause, edits =>
        {
            if (unwind is not null && variable is null) DeclareCaught(clause, edits);
            if (clause.Filter is { } filter)
            {
                var (before, after) = AroundFilter(clause, isFirst: true);
                edits.Replace(new TextSpan(filter.FilterExpression.SpanStart, 0), new HoldScopesPiece(IsCondition: true), new TextPiece(before));
                edits.Insert(filter.FilterExpression.Span.End, after);
            }

            Enclose(clause.Block, unwind is not null ? $" {unwind};" : "", holds: clause.Filter is null, edits);
        });
        return new CatchClause(new Fragment(pieces.ToEquatable(), Spans.Of(clause)), null, null);
    }

    /// <summary>
    /// Adds a variable to a clause without one. It hides nothing, because a clause without waits contains no other clause whose try has a block.
    /// </summary>
    private void DeclareCaught(CatchClauseSyntax clause, Edits edits)
    {
        if (clause.Declaration is { } declaration) edits.Insert(declaration.Type.Span.End, $" {context.Generated.Caught}");
        else edits.Insert(clause.CatchKeyword.Span.End, $" (global::System.Exception {context.Generated.Caught})");
    }

    /// <summary>A clause with waits continues after the try. Its filter is evaluated where C# evaluates it.</summary>
    private CatchClause BindWaitingCatch(CatchClauseSyntax clause, string? unwind)
    {
        var caught = context.Generated.Caught;
        var label = context.CatchLabel();
        var body = Entered(clause.Block, BindBlock(clause.Block)) with { Comments = Comments(clause) };
        var scope = SharedScope(clause) is null ? context.Scopes.At(clause) : null;
        var variable = clause.Declaration is { } declaration && editor.Declared(declaration) is { } local ? editor.Refer(local, declaration.Identifier) : null;
        object type = clause.Declaration is null ? "global::System.Exception" : editor.Pieces(clause.Declaration.Type);
        var header = editor.Point(Spans.Of(clause.SyntaxTree, StepPoints.Header(clause)!.Value), "catch (", type, variable is null && unwind is null && !context.ThrowsAgain(clause) ? ")" : $" {caught})");
        var condition = new List<object>();
        var block = new List<object> { " { " };
        if (unwind is not null) block.Add(unwind + "; ");
        if (clause.Filter is { } filter)
        {
            condition.Add(" when (");
            if (scope is { } captured) condition.AddRange([$"{GeneratedNames.Services}BodyServices.Keep(out ", new ScopePiece(captured), ", ", new NewScopePiece(captured), ") && "]);
            if (variable is not null) condition.AddRange([$"{GeneratedNames.Services}BodyServices.Keep(out ", variable, $", {caught}) && "]);
            var (before, after) = AroundFilter(clause, isFirst: condition.Count == 1);
            condition.AddRange([new HoldScopesPiece(IsCondition: true), before, editor.Pieces(filter.FilterExpression), after, ")"]);
        }
        else
        {
            if (scope is { } captured) block.AddRange([new ScopePiece(captured), " = ", new NewScopePiece(captured), "; "]);
            if (variable is not null) block.AddRange([variable, $" = {caught}; "]);
        }

        if (context.ThrowsAgain(clause)) block.AddRange([new LocalPiece(context.Caught(clause)), $" = {caught}; "]);
        block.AddRange(["goto ", new LabelPiece(label), "; }"]);
        Piece[] asked = clause.Filter is null ? [] : editor.Point(Spans.Of(clause.Filter), [.. condition]);
        return new CatchClause(FleshEditor.Make(Spans.Of(clause), header, asked, editor.Plumbing([.. block])), label, body);
    }

    /// <summary>A finally block runs when its try is left permanently, not when the closure suspends inside it.</summary>
    private Fragment BindFinally(BlockSyntax block, string? unwind)
    {
        var pieces = editor.Pieces(block, edits =>
        {
            edits.Replace(new TextSpan(block.SpanStart, 0), editor.Plumbing($"if (!{context.Generated.Closure}.IsSuspended) "));
            Enclose(block, unwind is null ? "" : $" {unwind};", holds: true, edits);
        });
        return new Fragment(pieces.ToEquatable(), Spans.Of(block));
    }

    /// <summary>Inserts a first statement in a block, and puts the rest in the arithmetic context of the try.</summary>
    private void Enclose(BlockSyntax block, string first, bool holds, Edits edits)
    {
        var word = _overflow.Length == 0 ? "" : $" {_overflow} {{";
        object hold = holds ? new HoldScopesPiece(IsCondition: false) : "";
        edits.Replace(new TextSpan(block.OpenBraceToken.Span.End, 0), editor.Plumbing(first, hold, word));
        if (_overflow.Length > 0) edits.Replace(new TextSpan(block.CloseBraceToken.SpanStart, 0), editor.Plumbing("} "));
    }

    private UsingStatement BindUsing(UsingStatementSyntax statement)
    {
        var body = Bind(statement.Statement);
        if (statement.Declaration is { } declaration) return BindResources(declaration, body, statement, Spans.Of(statement.GetLastToken()));
        var resource = statement.Expression!;
        var info = context.Model.GetTypeInfo(resource, context.Cancellation);
        var type = info.Type ?? info.ConvertedType ?? context.Model.Compilation.GetSpecialType(SpecialType.System_Object);
        if (FlowRules.Problem(type) is { } problem) context.Report(Rules.CannotLiveAcrossWait, resource, resource, problem, Spans.LineOf(statement.Statement));
        var kept = new LocalPiece(AddHidden(HiddenValue.Resource, type, resource));
        var place = Spans.Of(statement.SyntaxTree, StepPoints.Header(statement)!.Value);
        var acquire = InStatement(FleshEditor.Make(place, editor.Point(place, kept, " = ", editor.Pieces(resource)), ";"));
        return new UsingStatement(acquire, body, DisposalOf(type, kept, statement, Spans.Of(statement.GetLastToken())));
    }

    /// <summary>Several resources of one declaration are disposed in reverse order, as if each had a separate using.</summary>
    private UsingStatement BindResources(VariableDeclarationSyntax declaration, Statement body, SyntaxNode scope, SourceSpan end)
    {
        UsingStatement? outer = null;
        foreach (var declarator in declaration.Variables.Reverse())
        {
            var local = editor.Declared(declarator)!.Value;
            var type = ((ILocalSymbol)context.Model.GetDeclaredSymbol(declarator, context.Cancellation)!).Type;
            var reference = editor.Refer(local, declarator.Identifier);
            var place = Spans.Of(declarator.SyntaxTree, StepPoints.Variable(declarator));
            var acquire = InStatement(FleshEditor.Make(place, editor.Point(place, reference, " = ", editor.Pieces(declarator.Initializer!.Value)), ";"));
            body = outer = new UsingStatement(acquire, body, DisposalOf(type, reference, scope, end));
        }

        return outer!;
    }

    private Disposal DisposalOf(ITypeSymbol type, LocalPiece resource, SyntaxNode scope, SourceSpan end) =>
        Disposal(DisposeText(type, FleshEditor.Make(end, resource)) ?? FleshEditor.Make(end), scope);

    private Disposal Disposal(Fragment text, SyntaxNode scope) => new(text, context.Waits.HasBlockIn(scope), context.Waits.DepthAt(scope));

    /// <summary>The call that disposes a value of this type like C#: in place for structs, by a cast if the type does not show it.</summary>
    private Fragment? DisposeText(ITypeSymbol type, Fragment value)
    {
        if (type.IsRefLikeType && HasDispose(type)) return FleshEditor.Make(value.Span, value.Pieces, ".Dispose();");
        const string Services = GeneratedNames.Services + "BodyServices.";
        if (type.AllInterfaces.Concat([type]).Any(i => i.SpecialType == SpecialType.System_IDisposable)
            || (type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(c => c.AllInterfaces.Concat([c]).Any(i => i.SpecialType == SpecialType.System_IDisposable))))
            return FleshEditor.Make(value.Span, Services + "Dispose(ref ", value.Pieces, ");");
        return type is INamedTypeSymbol { IsSealed: true } && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            ? null : FleshEditor.Make(value.Span, Services + "DisposeIfDisposable(", value.Pieces, ");");
    }

    /// <summary>Whether C# disposes a ref struct by its method. That takes precedence over an interface.</summary>
    private bool HasDispose(ITypeSymbol type) => type.GetMembers("Dispose").OfType<IMethodSymbol>().Any(method =>
        method is { IsStatic: false, ReturnsVoid: true, Arity: 0 } && method.Parameters.All(p => p.IsOptional || p.IsParams)
        && context.Model.IsAccessible(context.Syntax.SpanStart, method));
}
