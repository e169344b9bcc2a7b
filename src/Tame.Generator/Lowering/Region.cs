using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>One level of the flattened code: the method itself or the block of a <c>try</c>, with the waits in it that resuming has to reach.</summary>
internal sealed class Region(Region? outer, string door)
{
    private readonly List<Resumption> _resumptions = [];

    public Region? Outer => outer;

    public bool IsProtected => outer is not null;

    public List<Operation> Operations { get; } = [];

    public bool HasResumptions => _resumptions.Count > 0;

    /// <summary>A wait in this region: its own dispatch goes to the label, those around it to this region's door.</summary>
    public void AddWait(int state, string label)
    {
        _resumptions.Add(new Resumption(state, label, IsFinal: true));
        outer?.AddPassage(state, door);
    }

    private void AddPassage(int state, string innerDoor)
    {
        _resumptions.Add(new Resumption(state, innerDoor, IsFinal: false));
        outer?.AddPassage(state, door);
    }

    /// <summary>The region's operations behind its dispatch.</summary>
    public List<Operation> Finish()
    {
        if (HasResumptions) Operations.Insert(0, new DispatchOperation(_resumptions.ToEquatable()));
        return Operations;
    }
}
