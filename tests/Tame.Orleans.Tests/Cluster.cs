using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace Tame.Orleans.Tests;

/// <summary>Two silos in this process, for all tests, which take turns.</summary>
public sealed class Cluster : IAsyncLifetime
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public TestCluster Silos { get; } = new TestClusterBuilder(2)
        .AddSiloBuilderConfigurator<SiloSettings>()
        .AddClientBuilderConfigurator<ClientSettings>()
        .Build();

    public IGrainFactory Grains => Silos.GrainFactory;

    public SiloAddress First => Silos.Primary!.SiloAddress;

    public SiloAddress Second => Silos.SecondarySilos[0].SiloAddress;

    public async ValueTask InitializeAsync() => await Silos.DeployAsync();

    public async ValueTask DisposeAsync()
    {
        await Silos.StopAllSilosAsync();
        await Silos.DisposeAsync();
    }

    /// <summary>A grain that nothing has used, activated on one of the silos.</summary>
    public async Task<T> On<T>(SiloAddress silo)
        where T : IPlaced
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            for (int tries = 0; tries < 200; tries++)
            {
                var grain = Grains.GetGrain<T>(Guid.NewGuid());
                if (await grain.Where() == silo.ToString())
                    return grain;
                await Task.Delay(20, TestContext.Current.CancellationToken);      // the others do not know of a silo that has just joined
            }
            throw new InvalidOperationException($"No grain was placed on {silo}.");
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    private sealed class SiloSettings : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder
            .UseTame(static context => new EventLoopOptions
            {
                // The grains that lose events do not wait until the process has a part of its time for looking.
                LostEvents = context.GrainId.Type.ToString() == "failing" ? LostEventDetection.Aggressive : LostEventDetection.WhenIdle,
            })
            .UseInMemoryReminderService()
            .AddMemoryGrainStorage("PubSubStore")
            .AddMemoryStreams("memory")
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(1))
            .Configure<ClusterMembershipOptions>(options => options.NumVotesForDeathDeclaration = 1);
    }

    private sealed class ClientSettings : IClientBuilderConfigurator
    {
        public void Configure(Microsoft.Extensions.Configuration.IConfiguration configuration, IClientBuilder clientBuilder) => clientBuilder
            .UseTame()
            .AddMemoryStreams("memory")
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(1));
    }
}

/// <summary>The tests of the cluster, one after another.</summary>
[CollectionDefinition(nameof(Cluster))]
public sealed class ClusterTests : ICollectionFixture<Cluster>;

/// <summary>A grain that says where it is.</summary>
public interface IPlaced : IGrainWithGuidKey
{
    Task<string> Where();
}
