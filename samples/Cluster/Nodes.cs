using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using StackExchange.Redis;
using Tame.Orleans;

namespace ClusterProgram;

/// <summary>The hosts of the silos and of the client.</summary>
internal static class Nodes
{
    /// <summary>A silo.</summary>
    public static IHost Silo(Settings settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseTame();
            silo.Services.AddSingleton(new SiloSettings(settings.Silo, settings.Window, settings.Redis is not null));
            silo.Configure<ClusterMembershipOptions>(options =>     // the cluster detects a killed silo within seconds
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(1);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
            });
            Join(silo, settings);
        });
        return builder.Build();
    }

    /// <summary>A client of the cluster.</summary>
    public static IHost Client(Settings settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseTame();
            client.UseConnectionRetryFilter(static async (_, token) =>
            {
                await Task.Delay(200, token);
                return true;
            });
            if (settings.Redis is { } redis)
                client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis)).Configure<ClusterOptions>(cluster => Name(cluster, settings));
            else
                client.UseLocalhostClustering([settings.Ports[1], settings.Ports[3]], settings.Name, settings.Name);
        });
        return builder.Build();
    }

    private static void Join(ISiloBuilder silo, Settings settings)
    {
        var (siloPort, gatewayPort) = (settings.Ports[2 * settings.Silo - 2], settings.Ports[2 * settings.Silo - 1]);
        if (settings.Redis is { } redis)
        {
            var options = ConfigurationOptions.Parse(redis);
            silo.UseRedisClustering(clustering => clustering.ConfigurationOptions = options);
            silo.AddRedisGrainStorage("pages", storage => storage.ConfigurationOptions = options);
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
            silo.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        }
        else
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, settings.Ports[0]), settings.Name, settings.Name);
            silo.AddMemoryGrainStorage("pages");
        }
    }

    private static void Name(ClusterOptions cluster, Settings settings) => (cluster.ClusterId, cluster.ServiceId) = (settings.Name, settings.Name);
}
