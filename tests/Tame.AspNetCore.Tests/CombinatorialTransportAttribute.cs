using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Tame.AspNetCore.Tests;

/// <summary>Every transport.</summary>
public sealed class CombinatorialTransportAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Transport>().Select(transport => new TheoryDataRow<Transport>(transport))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
