using Cardea.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Data;

public static class DataRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddData()
        {
            builder.Services.AddOptions<DataSettings>().BindConfiguration(DataSettings.Section).ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<DataSettings>, StrayKeys>();
            builder.Services.AddSingleton(new KnownKey($"{DataSettings.Section}:{nameof(DataSettings.Data)}"));
            builder.Services.AddSingleton(new KnownKey($"{DataSettings.Section}:{nameof(DataSettings.MigrateAtStart)}"));

            if (builder.Configuration.GetConnectionString(DataSettings.ConnectionName) is { Length: > 0 } given)
            {
                var connection = PostgresConnection.Checked(given);
                builder.Services.AddDbContextPool<AppDbContext, PostgresAppDbContext>(options => options.UseNpgsql(connection));
            }
            else
            {
                var folder = builder.Configuration.GetSection(DataSettings.Section).Get<DataSettings>()?.Data ?? new DataSettings().Data;
                builder.Services.AddDbContextPool<AppDbContext, SqliteAppDbContext>(options => options.UseSqlite(SqliteFile(folder)));
            }

            builder.Services.AddSingleton<TranslatedQueries>();
            builder.Services.AddScoped<Schema>();
            builder.Services.AddDataProtection().SetApplicationName("cardea").PersistKeysToDbContext<AppDbContext>();
            return builder;
        }
    }

    /// <summary>Five seconds is as long as a writer of another process may keep us; past it the person gets a friendly 503.</summary>
    private static string SqliteFile(string folder) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(FolderAt(folder), "cardea.db"),
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>A new one is nobody else's: hashes and keys are in it.</summary>
    private static string FolderAt(string path)
    {
        try
        {
            return (OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationMistakeException($"Cardea:Data is \"{path}\", which cannot be the folder of the database: {problem.Message}");
        }
    }
}
