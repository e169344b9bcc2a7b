using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>Reports which slots an event needs if it does not match the parameter to which it is passed.</summary>
internal sealed class SlotTypes(SemanticModel model, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken)
{
    private readonly EventSources _sources = new(model, primitives, cancellationToken);

    /// <summary>Examines an event that the compiler cannot convert, or the receiver of a call for which it finds no method.</summary>
    public void Check(ExpressionSyntax place)
    {
        if (place.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == place)
        {
            foreach (var argument in call.ArgumentList.Arguments) Compare(argument.Expression);
        }
        else
        {
            Compare(place);
        }
    }

    private void Compare(ExpressionSyntax events)
    {
        foreach (var source in _sources.Of(events))
        {
            if (_sources.MakerOf(source) is not { } make || Wanted(events) is not { } wanted || Given(source, make) is not { } given || AreSame(wanted, given)) continue;
            var what = make == source ? "the event of this 'mkevent'" : $"'{source}'";
            report(Diagnostic.Create(Rules.SlotsDoNotFit, source.GetLocation(), Describe(wanted), what, Describe(given), Advice(make, wanted, given)));
        }
    }

    /// <summary>
    /// The values of an event. The event of a lambda has the types of the slots, whatever the compiler assumes in a call with errors. Null if a slot has no
    /// type: then the type that the compiler shows comes from an overload that is not meant.
    /// </summary>
    private ImmutableArray<ITypeSymbol>? Given(ExpressionSyntax source, InvocationExpressionSyntax make)
    {
        if (make == source) return (model.GetTypeInfo(source, cancellationToken).Type as INamedTypeSymbol)?.TypeArguments;
        if (SlotsOf(make).Any(slot => UntypedSlot.NameOf(slot, model, cancellationToken) is not null)) return null;
        var slots = SlotsOf(make).Select(slot => model.GetTypeInfo(slot, cancellationToken).Type).ToList();
        return slots.All(type => type is not (null or IErrorTypeSymbol)) ? slots.ToImmutableArray()! : null;
    }

    /// <summary>The values of the event at a node. Null if it is not one event.</summary>
    private ImmutableArray<ITypeSymbol>? Wanted(ExpressionSyntax events)
    {
        SyntaxNode outer = events;
        while (outer.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax) outer = outer.Parent;
        if (outer.Parent is not ArgumentSyntax argument) return EventValues(model.GetTypeInfo(events, cancellationToken).ConvertedType);
        if (argument.Parent?.Parent is not { } call) return null;
        if (call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Trigger" } access } && YieldOf(access.Expression) is { } yield) return yield;
        var called = model.GetSymbolInfo(call, cancellationToken);
        ImmutableArray<ISymbol> candidates = called.Symbol is { } only ? [only] : called.CandidateSymbols;
        var all = candidates.OfType<IMethodSymbol>().Select(method => EventValues(ParameterOf(argument, method)?.Type)).ToList();
        return all.Count > 0 && all.All(values => values is { } known && AreSame(known, all[0]!.Value)) ? all[0] : null;
    }

    private static bool AreSame(ImmutableArray<ITypeSymbol> some, ImmutableArray<ITypeSymbol> others) =>
        some.Length == others.Length && some.Zip(others, SymbolEqualityComparer.Default.Equals).All(same => same);

    /// <summary>The result of a task that triggers an event.</summary>
    private ImmutableArray<ITypeSymbol>? YieldOf(ExpressionSyntax task)
    {
        for (var type = model.GetTypeInfo(task, cancellationToken).Type as INamedTypeSymbol; type is not null; type = type.BaseType)
        {
            if (type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } }) return type.TypeArguments;
        }

        return null;
    }

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, IMethodSymbol method)
    {
        if (argument.NameColon is { Name.Identifier.ValueText: var name }) return method.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        var index = argument.Parent is BaseArgumentListSyntax list ? list.Arguments.IndexOf(argument) : -1;
        return index >= 0 && index < method.Parameters.Length ? method.Parameters[index] : null;
    }

    /// <summary>Null if it is not an event, or one whose type the call would determine.</summary>
    private ImmutableArray<ITypeSymbol>? EventValues(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && primitives.IsEvent(named) && !named.TypeArguments.Any(value => value is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method })
            ? named.TypeArguments : null;

    private static string Describe(ImmutableArray<ITypeSymbol> values) => values.Length switch
    {
        0 => "no value",
        1 => $"a value of type {Name(values[0])}",
        _ => $"values of types {string.Join(", ", values.Take(values.Length - 1).Select(Name))} and {Name(values[values.Length - 1])}",
    };

    private static string Advice(InvocationExpressionSyntax make, ImmutableArray<ITypeSymbol> wanted, ImmutableArray<ITypeSymbol> given)
    {
        var slots = SlotsOf(make);
        if (wanted.Length == given.Length && slots.Count == given.Length)
        {
            var changes = Enumerable.Range(0, wanted.Length).Where(i => !SymbolEqualityComparer.Default.Equals(wanted[i], given[i]))
                .Select(i => NameOf(slots[i]) is { } name ? $"declare '{name}' as {Name(wanted[i])}" : $"use a slot of type {Name(wanted[i])} in place of '{slots[i]}'");
            if (TypedParameterOf(make) is { } parameter) changes = changes.Append($"write the parameter as 'Event{wanted.Select(Shown).InAngleBrackets()} {parameter.Identifier}'");
            return string.Join(" and ", changes);
        }

        var others = make.ArgumentList.Arguments.Where(argument => !argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)).Select(argument => argument.Expression is AnonymousFunctionExpressionSyntax ? "e => …" : argument.ToString());
        return $"write '{Waits.CalledName(make)}({string.Join(", ", others.Concat(wanted.Select(value => $"out {Shown(value)} …")))})'";
    }

    private static List<ExpressionSyntax> SlotsOf(InvocationExpressionSyntax make) =>
        [.. make.ArgumentList.Arguments.Where(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)).Select(argument => argument.Expression)];

    /// <summary>The parameter of the lambda of a <c>twait</c>, if it is written with its type.</summary>
    private static ParameterSyntax? TypedParameterOf(InvocationExpressionSyntax make)
    {
        var lists = make.ArgumentList.Arguments.Select(argument => argument.Expression switch
        {
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList,
            AnonymousMethodExpressionSyntax method => method.ParameterList,
            _ => null,
        });
        return lists.FirstOrDefault(list => list is not null)?.Parameters is [{ Type: not null } parameter] ? parameter : null;
    }

    private static string? NameOf(ExpressionSyntax slot) => slot switch
    {
        DeclarationExpressionSyntax declaration => declaration.Designation.ToString(),
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    private static string Name(ITypeSymbol type) => $"'{Shown(type)}'";

    private static string Shown(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
