using Cardea.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Data;

public static class DataRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddData()
        {
            builder.Services.AddOptions<DataSettings>().BindConfiguration(DataSettings.Section);

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

    private static string FolderAt(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationMistakeException($"Cardea:Data is \"{path}\", which cannot be the folder of the database: {problem.Message}");
        }
    }
}
