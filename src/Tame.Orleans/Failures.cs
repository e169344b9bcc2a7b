using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Tame.Orleans;

/// <summary>Exceptions of Tame between silos and clients.</summary>
internal static class Failures
{
    /// <summary>Orleans passes on those exceptions as they are whose namespace it knows, and replaces others.</summary>
    public static void LetPass(IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(static options =>
        {
            var others = options.SupportedExceptionTypeFilter;
            options.SupportedExceptionTypeFilter = type => type.Assembly == typeof(EventLoop).Assembly || others?.Invoke(type) == true;
        });
}
