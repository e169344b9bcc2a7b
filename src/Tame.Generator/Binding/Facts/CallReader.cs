using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Finds the calls that a body makes synchronously: of other tamed methods of the project, or of unanalyzed code that might call such methods.
/// </summary>
internal sealed class CallReader
{
    private readonly BodyContext _context;
    private readonly HarmlessCode _harmless;
    private readonly SortedSet<string> _callees = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _mentioned = new(StringComparer.Ordinal);
    private bool _leaves;

    private CallReader(BodyContext context)
    {
        _context = context;
        _harmless = new HarmlessCode(context.Primitives, context.Model.Compilation);
    }

    /// <summary>When code in the body runs.</summary>
    private enum Place
    {
        /// <summary>As part of the body.</summary>
        InBody,

        /// <summary>In a local function, which the body may call, and other code too if a delegate refers to it.</summary>
        InLocalFunction,

        /// <summary>In a lambda, which other code calls.</summary>
        InLambda,
    }

    public static TamedCalls Read(BodyContext context, string key, string displayName)
    {
        var reader = new CallReader(context);
        reader.ReadBody();
        var (declaration, body) = (context.Declaration, context.Syntax);
        return new TamedCalls(key, declaration.Name, displayName, new BodyName((body.Parent as BaseTypeDeclarationSyntax)?.Identifier.ValueText ?? "", body.Identifier.ValueText))
        {
            Callees = reader._callees.ToEquatable(),
            Mentioned = reader._mentioned.ToEquatable(),
            IsOpen = IsOpen(declaration),
            Leaves = reader._leaves,
            HasOut = declaration.Parameters.Any(parameter => parameter.RefKind == RefKind.Out),
        };
    }

    /// <summary>Whether code can call a method without naming it in the project.</summary>
    private static bool IsOpen(IMethodSymbol method) =>
        method.IsVirtual || method.IsOverride || method.IsAbstract || (!method.IsStatic && method.DeclaredAccessibility == Accessibility.Public) || IsVisible(method);

    private static bool IsVisible(IMethodSymbol method)
    {
        var seesInternals = method.ContainingAssembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");
        for (ISymbol symbol = method; symbol is not (null or INamespaceSymbol); symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.NotApplicable) return false;
            if (symbol.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal && !seesInternals) return false;
        }

        return true;
    }

    private void ReadBody()
    {
        var left = new Stack<(IOperation Operation, Place Place)>([(_context.Operation, Place.InBody)]);
        while (left.Count > 0)
        {
            var (operation, place) = left.Pop();
            _context.Cancellation.ThrowIfCancellationRequested();
            Read(operation, place);
            if (operation is ILocalFunctionOperation && place == Place.InBody) place = Place.InLocalFunction;
            else if (operation is IAnonymousFunctionOperation && _context.Nested.Is(operation)) place = Place.InLambda;
            foreach (var child in operation.ChildOperations) left.Push((child, place));
        }
    }

    private void Read(IOperation operation, Place place)
    {
        switch (operation)
        {
            case IInvocationOperation call: ReadCall(call, place); break;
            case IMethodReferenceOperation reference: _mentioned.Add(reference.Method.Name); break;
            case IDynamicMemberReferenceOperation reference: _mentioned.Add(reference.MemberName); break;
            default: _leaves |= place != Place.InLambda && !_harmless.IsHarmless(operation); break;
        }
    }

    private void ReadCall(IInvocationOperation call, Place place)
    {
        var target = call.TargetMethod.OriginalDefinition;
        target = (target.ReducedFrom ?? target).OriginalDefinition;
        target = target.PartialDefinitionPart ?? target;
        if (target.MethodKind == MethodKind.LocalFunction) return;
        var isTamed = IsTamed(target);
        if (place != Place.InBody || call.IsVirtual) _mentioned.Add(target.Name);
        if (place == Place.InLambda) return;
        if (isTamed && !call.IsVirtual) _callees.Add(Signatures.HintName(target, _context.Aliases));
        else _leaves |= isTamed || !_harmless.IsHarmless(call);
    }

    private bool IsTamed(IMethodSymbol method) => method.IsPartialDefinition
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _context.Model.Compilation.Assembly)
        && Pairing.AttributeOf(method, _context.Pair.Attribute.AttributeClass!) is not null;
}
