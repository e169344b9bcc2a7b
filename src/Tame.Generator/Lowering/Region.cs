using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>One level of the flattened code: the method itself or the block of a <c>try</c>, with the waits in it that resuming must reach.</summary>
internal sealed class Region(Region? outer, string door)
{
    private readonly List<Resumption> _resumptions = [];

    public Region? Outer => outer;

    public bool IsProtected => outer is not null;

    public List<Operation> Operations { get; } = [];

    public bool HasResumptions => _resumptions.Count > 0;

    /// <summary>A wait in this region. Its own dispatch jumps to the label, and the enclosing ones jump to this region's door.</summary>
    public void AddWait(int state, string label) => _resumptions.Add(new Resumption(state, state, label, IsFinal: true));

    /// <summary>
    /// The region's operations after its dispatch. States are numbered in code order, so a region has all states between its first and its last.
    /// </summary>
    public List<Operation> Finish()
    {
        if (!HasResumptions) return Operations;
        outer?._resumptions.Add(new Resumption(_resumptions[0].First, _resumptions[_resumptions.Count - 1].Last, door, IsFinal: false));
        Operations.Insert(0, new DispatchOperation(_resumptions.ToEquatable()));
        return Operations;
    }
}
