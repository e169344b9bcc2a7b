using Microsoft.CodeAnalysis;
using Tame.Generator.Binding.Text;

namespace Tame.Generator.Binding.Facts;

/// <summary>Reports locals that live across a wait but cannot, and uses of <c>out</c> parameters that come too early or too late.</summary>
internal static class FlowRules
{
    public static void Check(BodyContext context)
    {
        foreach (var (local, wait) in context.Flow.LiveAcross)
        {
            if (Problem(local) is { } problem)
                context.Diagnostics.Add(Diagnostic.Create(Rules.CannotLiveAcrossWait, local.Locations[0], local.Name, problem, Spans.LineOf(wait)));
        }

        foreach (var (parameter, wait) in context.Flow.OutParametersUnassignedAtWait)
            context.Report(Rules.OutParameter, wait, parameter.Name, "is not assigned on every path to this wait");
        var unassigned = context.Flow.OutParametersUnassignedAtWait.Select(found => found.Out.Name).ToList();

        // A parameter without a value at a wait gets it after one, which is the same mistake.
        foreach (var (parameter, reference) in context.Flow.OutParametersUsedAfterWait.Where(found => !unassigned.Contains(found.Out.Name)))
            context.Report(Rules.OutParameter, reference, parameter.Name, "is used after a wait");
    }

    private static string? Problem(ISymbol symbol) => symbol switch
    {
        ILocalSymbol { IsRef: true } => "a ref local",
        ILocalSymbol { IsFixed: true } => "a fixed pointer",
        ILocalSymbol { Type: var type } => Problem(type),
        _ => null,
    };

    /// <summary>Describes a type whose values cannot be kept. Null for all others.</summary>
    public static string? Problem(ITypeSymbol type) => type switch
    {
        { IsRefLikeType: true } => "a ref struct",
        ITypeParameterSymbol { AllowsRefLikeType: true } => "of a type that may be a ref struct",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "a pointer",
        _ => null,
    };
}
