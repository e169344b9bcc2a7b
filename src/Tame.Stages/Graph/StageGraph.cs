namespace Tame.Stages;

/// <summary>Stages that hand items to each other. The graph checks them before they start, starts and stops them in order, and shows their statistics.</summary>
/// <remarks>
/// <see cref="Add"/> and <see cref="Connect(Stage, Stage, StageLink)"/> add a stage to a graph. Create stages with <see cref="StageOptions{T}.IsPaused"/> if no stage should begin before all exist. Use the methods
/// that build a graph from one thread at a time; the other members are thread-safe.
/// </remarks>
public sealed partial class StageGraph
{
    private static readonly LiveList<StageGraph> s_live = new();
    private readonly List<Stage> _stages = [];
    private readonly List<StageConnection> _connections = [];
    private readonly HashSet<Stage> _ends = [];

    /// <summary>Creates an empty graph.</summary>
    /// <param name="name">The name, for messages and tools.</param>
    /// <exception cref="ArgumentException">The name is null or empty.</exception>
    public StageGraph(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        s_live.Add(this);
    }

    /// <summary>The graphs of this process that are in use and have not stopped, in the order of creation. The list holds them weakly.</summary>
    public static IReadOnlyList<StageGraph> Live => s_live.All();

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The stages, beginning with those that others receive from. In a cycle, the stage that was added first comes first.</summary>
    public IReadOnlyList<Stage> Stages
    {
        get
        {
            lock (_stages)
                return GraphOrder.UpstreamFirst(_stages, _connections);
        }
    }

    /// <summary>The connections, in the order of creation.</summary>
    public IReadOnlyList<StageConnection> Connections
    {
        get
        {
            lock (_stages)
                return [.. _connections];
        }
    }

    /// <summary>The statistics of each stage, in the order of <see cref="Stages"/>.</summary>
    public IReadOnlyList<StageStatistics> Statistics => [.. Stages.Select(stage => stage.Statistics)];

    /// <summary>Adds a stage whose connections follow.</summary>
    /// <param name="stage">The stage. If the graph already has it, nothing happens.</param>
    /// <returns>This graph.</returns>
    /// <exception cref="ArgumentException">Another stage of the graph has this name.</exception>
    public StageGraph Add(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        lock (_stages)
        {
            if (_stages.Contains(stage))
                return this;
            if (_stages.Exists(other => other.Name == stage.Name))
                throw new ArgumentException($"The graph '{Name}' already has a stage '{stage.Name}'. Give each stage its own name.", nameof(stage));
            _stages.Add(stage);
        }
        return this;
    }

    /// <summary>Adds a stage whose handler sends nothing to another stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>This graph.</returns>
    /// <exception cref="ArgumentException">Another stage of the graph has this name.</exception>
    public StageGraph AddEnd(Stage stage)
    {
        Add(stage);
        lock (_stages)
            _ends.Add(stage);
        return this;
    }

    /// <summary>Declares that the handler of one stage sends items to another, and waits while its queue is full.</summary>
    /// <param name="from">The stage whose handler sends.</param>
    /// <param name="to">The stage that receives.</param>
    /// <returns>This graph.</returns>
    /// <exception cref="ArgumentException">Another stage of the graph has this name.</exception>
    public StageGraph Connect(Stage from, Stage to) => Connect(from, to, StageLink.Waits);

    /// <summary>Declares that the handler of one stage sends items to another.</summary>
    /// <param name="from">The stage whose handler sends.</param>
    /// <param name="to">The stage that receives.</param>
    /// <param name="link">Whether the handler waits while the queue is full.</param>
    /// <returns>This graph.</returns>
    /// <exception cref="ArgumentException">Another stage of the graph has this name.</exception>
    public StageGraph Connect(Stage from, Stage to, StageLink link)
    {
        Add(from);
        Add(to);
        lock (_stages)
            _connections.Add(new StageConnection(from, to, link));
        return this;
    }

    /// <summary>Checks the graph.</summary>
    /// <exception cref="InvalidOperationException">
    /// A stage has no consumer and is not an end; the bound of a link is above the capacity of its stage; or all links of a cycle wait, so that full queues may wait for each other.
    /// </exception>
    public void Validate()
    {
        lock (_stages)
            GraphChecks.Check(Name, _stages, _connections, _ends);
    }

    /// <summary>Checks the graph and starts its stages, beginning with those that only receive, so that no stage sends to one that has not started.</summary>
    /// <exception cref="InvalidOperationException">The graph is not valid: see <see cref="Validate"/>.</exception>
    public void Start()
    {
        Validate();
        foreach (var stage in Stages.Reverse())
            stage.Start();
    }
}
