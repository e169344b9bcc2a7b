using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Spine;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>The result of binding one tamed method: its model, or the reasons why there is none and its replacement. A model can also have warnings.</summary>
internal readonly record struct BindResult(TamedMethod? Method, IReadOnlyList<Diagnostic> Diagnostics)
{
    public Refusal? Refusal { get; init; }

    /// <summary>The body that was bound, if one was found.</summary>
    public MethodDeclarationSyntax? Body { get; init; }

    /// <summary>What is known about the body, if it was bound completely.</summary>
    public BodyContext? Context { get; init; }
}

/// <summary>Binds one tamed method: <see cref="Binder.Bind"/>, or the replacement of a test.</summary>
internal delegate BindResult BindMethod(
    IMethodSymbol declaration, MethodDeclarationSyntax syntax, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken);

/// <summary>The entry of Binding: pairs a declaration with its body, checks them, and returns pure data.</summary>
internal static class Binder
{
    public const string TamedAttribute = "Tame.TamedAttribute";

    /// <summary>The name of this stage in reports of faults.</summary>
    public const string Stage = "binding";

    public static BindResult Bind(IMethodSymbol declaration, MethodDeclarationSyntax syntax, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var bound = BindPair(declaration, syntax, attribute, compilation, cancellationToken);
        return bound.Method is null && bound.Diagnostics.Count > 0 ? bound with { Refusal = Refusals.Of(declaration, syntax, compilation) } : bound;
    }

    private static BindResult BindPair(IMethodSymbol declaration, MethodDeclarationSyntax syntax, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var diagnostics = new List<Diagnostic>();
        if (Pairing.IsInExtensionBlock(syntax) || !Signatures.CanBeImplemented(declaration, ExternAliases.Of(compilation))) return new BindResult(null, diagnostics);
        var bodyName = Pairing.BodyName(declaration, attribute);
        var shape = new ShapeRules(declaration, syntax, bodyName, diagnostics.Add);
        shape.CheckDeclaration();
        var body = Pairing.FindBody(declaration, attribute);
        if (body?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MethodDeclarationSyntax bodySyntax
            || (bodySyntax.Body is null && bodySyntax.ExpressionBody is null))
        {
            if (!diagnostics.Any(d => d.Id == Rules.NotPartial.Id || d.Id == Rules.ExplicitImplementation.Id)) shape.ReportNoBody();
            return new BindResult(null, diagnostics);
        }

        shape.CheckBody(body, bodySyntax);
        if (diagnostics.Count > 0 || PrimitiveSymbols.Resolve(compilation) is not { } primitives) return new BindResult(null, diagnostics) { Body = bodySyntax };
        return BindBody(new TamedPair(declaration, syntax, body, bodySyntax, attribute), primitives, compilation, diagnostics, cancellationToken) with { Body = bodySyntax };
    }

    private static BindResult BindBody(TamedPair pair, PrimitiveSymbols primitives, Compilation compilation, List<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var bodySyntax = pair.BodySyntax;
        if (Nesting.TooDeep(bodySyntax) is { } inner)
        {
            diagnostics.Add(Diagnostic.Create(Rules.NestedTooDeeply, inner.GetLocation(), pair.Declaration.Name));
            return new BindResult(null, diagnostics);
        }

        var model = compilation.GetSemanticModel(bodySyntax.SyntaxTree);
        var errors = CompilerErrors.In(model, bodySyntax, cancellationToken);
        if (errors.Count > 0 && MissingParts.InLambdas(model, bodySyntax, cancellationToken) is { Count: > 0 } missing
            && MissingParts.Supply(missing, compilation) is { } completed)
            return BindBody(MissingParts.In(completed, pair, cancellationToken), PrimitiveSymbols.Resolve(completed)!, completed, diagnostics, cancellationToken);

        var waits = Waits.Find(bodySyntax, model, primitives, cancellationToken);
        new WaitRules(bodySyntax, model, primitives, waits, diagnostics.Add).Check();
        if (HasErrors(diagnostics)) return new BindResult(null, diagnostics);

        var aliases = ExternAliases.Of(compilation);
        var head = Head(pair, model, aliases);
        if (CompilerErrors.Stay(errors, model, bodySyntax, cancellationToken)
            || model.GetOperation(bodySyntax, cancellationToken) is not IMethodBodyOperation operation)
            return new BindResult(head, diagnostics);

        var context = new BodyContext
        {
            Model = model,
            Pair = pair,
            Primitives = primitives,
            Waits = waits,
            Scopes = new ScopeTable(bodySyntax),
            Aliases = aliases,
            Operation = operation,
            Flow = BodyFlow.Analyze(operation, waits.Nested, primitives, cancellationToken),
            Generated = head.Generated,
            Diagnostics = diagnostics,
            Cancellation = cancellationToken,
        };
        FlowRules.Check(context);
        FileRules.Check(context);
        new LocalBinder(context).Bind();
        var editor = new FleshEditor(context);
        var statement = new SpineBinder(context, editor).BindBody();
        return new BindResult(HasErrors(diagnostics) ? null : Complete(head, context, editor, statement), diagnostics) { Context = context };
    }

    private static bool HasErrors(List<Diagnostic> diagnostics) => diagnostics.Any(d => d.DefaultSeverity == DiagnosticSeverity.Error);

    /// <summary>The model without a body, which is used as it is if the compiler finds errors in the body.</summary>
    private static TamedMethod Head(TamedPair pair, SemanticModel model, ExternAliases aliases)
    {
        var (declaration, syntax, body, bodySyntax, attribute) = pair;
        return new()
        {
            HintName = Signatures.HintName(declaration, aliases),
            Context = FileContext.Levels(bodySyntax, model, aliases),
            Types = FileContext.Types(declaration.ContainingType),
            Signature = Signatures.Of(pair, aliases),
            Name = declaration.Name,
            WrittenName = SymbolText.Name(declaration),
            IsVirtual = declaration.IsVirtual || declaration.IsOverride || declaration.IsAbstract,
            NameofBody = Signatures.NameofBody(body, bodySyntax, model),
            Generated = new GeneratedNames(Prefix(bodySyntax), Signatures.MemberPrefix(declaration, attribute.AttributeClass!)),
            DisplayName = SymbolText.ForPeople(declaration).Split('(')[0],
            FilePath = FileContext.Path(bodySyntax, model.Compilation),
            Line = Spans.Of(bodySyntax.Identifier).StartLine,
            TypeParameters = declaration.TypeParameters.Select(SymbolText.Name).ToEquatable(),
            Constraints = SymbolText.Constraints(body.TypeParameters, aliases),
            SelfType = declaration.IsStatic ? null : SymbolText.Of(declaration.ContainingType, aliases),
            IsUnsafe = Signatures.IsUnsafe(bodySyntax),
            ResumeAttributes = Signatures.ResumeAttributes(bodySyntax, model),
            MemberAttributes = Signatures.MemberAttributes(bodySyntax, model),
            Parameters = declaration.Parameters.Select(p => new Parameter(SymbolText.Name(p), p.RefKind == RefKind.Out)).ToEquatable(),
            Locals = default,
            Labels = default,
            Shapes = default,
            OtherNames = default,
            Scopes = default,
            Functions = default,
            Examples = default,
            TypeTemplates = default,
            End = bodySyntax.Body is { } block ? Spans.Of(block.CloseBraceToken) : null,
            Body = null,
        };
    }

    private static TamedMethod Complete(TamedMethod head, BodyContext context, FleshEditor editor, Statement statement) => head with
    {
        Locals = context.Locals.All.ToEquatable(),
        Labels = context.Labels.ToEquatable(),
        Shapes = context.Shapes.ToEquatable(),
        OtherNames = OtherNames(context.Syntax, editor.LocalPlaces).ToEquatable(),
        Scopes = context.Scopes.All.ToEquatable(),
        Functions = context.Functions.ToEquatable(),
        Examples = context.AnonymousTypes.Examples.ToEquatable(),
        TypeTemplates = context.AnonymousTypes.All.ToEquatable(),
        Body = statement,
        Calls = CallReader.Read(context, head.HintName, head.DisplayName),
    };

    /// <summary>Two underscores, or more if the body has names that begin with them.</summary>
    private static string Prefix(SyntaxNode body)
    {
        var prefix = "__";
        while (body.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText.StartsWith(prefix, StringComparison.Ordinal))) prefix += "_";
        return prefix;
    }

    /// <summary>The simple names in the body that do not refer to hoisted locals, so that no hoisted local may use them.</summary>
    private static IEnumerable<string> OtherNames(SyntaxNode body, HashSet<int> localPlaces) => body.DescendantTokens()
        .Where(t => t.IsKind(SyntaxKind.IdentifierToken) && !localPlaces.Contains(t.SpanStart) && !IsMemberName(t))
        .Select(t => t.ValueText).Distinct().OrderBy(name => name, StringComparer.Ordinal);

    private static bool IsMemberName(SyntaxToken name) => name.Parent switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } simple => access.Name == simple,
        SimpleNameSyntax { Parent: MemberBindingExpressionSyntax or NameColonSyntax } => true,
        ParameterSyntax parameter => parameter.Parent?.Parent is MethodDeclarationSyntax,
        MethodDeclarationSyntax => true,
        _ => false,
    };
}
